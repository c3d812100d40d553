// What a client must not leave behind after its last call. `process.getActiveResourcesInfo()` lists
// what keeps the process alive, so an idle connection kept for later, which does not, is no leak.

/** @throws {Error} When a timer is still waiting. */
export const noTimersLeft = () => noneLeft(["Timeout"]);

/** @throws {Error} When a connection is still open, or is being opened. */
export const noSocketsLeft = () =>
  noneLeft(["TCPSocketWrap", "TCPConnectWrap", "TLSWrap", "GetAddrInfoReqWrap"]);

async function noneLeft(kinds: string[]): Promise<void> {
  // Closing takes some turns of the event loop; a second is far below every timeout of the client.
  const deadline = performance.now() + 1000;
  let left: string[];
  do {
    await turn();
    left = process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind));
  } while (left.length > 0 && performance.now() < deadline);
  if (left.length > 0) throw new Error(`Left over: ${left.join(", ")}`);
}

/**
 * Counts the rejections that nobody handles, in place of the test runner, which would fail for them.
 *
 * @example
 * using rejections = countUnhandledRejections();
 * await client.qualifications.list(customerId).catch(() => {});
 * expect(await rejections.reasons()).toEqual([]);
 */
export function countUnhandledRejections() {
  const reasons: unknown[] = [];
  const count = (reason: unknown) => void reasons.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", count);
  return {
    /** The reasons so far, after those that are under way have been reported. */
    async reasons(): Promise<unknown[]> {
      await turn();
      await turn();
      return reasons;
    },
    [Symbol.dispose]() {
      process.off("unhandledRejection", count);
      for (const listener of others) process.on("unhandledRejection", listener);
    },
  };
}

/** One turn of the event loop, without a timer that would be found as left over. */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
