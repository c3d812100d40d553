// Detects what a client leaks after its last call. `process.getActiveResourcesInfo()` lists what keeps
// the process alive, so an idle connection is not a leak.

/** @throws {Error} If a timer is pending. */
export const noTimersLeft = () => noneLeft(["Timeout"]);

/** @throws {Error} If a connection is open or opening. */
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
 * Counts unhandled rejections instead of letting the test runner fail for them.
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
    /** Returns the reasons so far, after reporting pending ones. */
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

/** Waits one turn of the event loop without a timer, which would count as a leak. */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
