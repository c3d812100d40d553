import { AbortedError, TimeoutError } from "../errors/index.ts";
import { longestTimer } from "../runtime.ts";
import type { Call } from "./call.ts";

/**
 * Runs a part of a call within a time, and no longer than the caller wants. What runs need not
 * listen: it is not waited for.
 *
 * @param stop Told when what runs is no longer wanted.
 * @throws {AbortedError} When the caller's signal is aborted.
 * @throws {TimeoutError} When the time is over.
 */
export function limited<T>(
  call: Call,
  ms: number,
  run: () => Promise<T>,
  stop?: (reason: Error) => void,
): Promise<T> {
  const { signal } = call;
  // One timer and one listener: combining signals costs several times as much.
  return new Promise<T>((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const end = (error: Error) => {
      settle();
      reject(error);
      stop?.(error);
    };
    const abort = () => {
      end(new AbortedError("The call was aborted", call, { cause: signal?.reason }));
    };
    const timer = setTimeout(
      () => {
        end(new TimeoutError(`No whole answer within ${ms} ms`, call));
      },
      Math.min(ms, longestTimer),
    );
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    run().then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: Error) => {
        settle();
        reject(error);
      },
    );
  });
}
