import { TimeoutError } from "../errors/errors.ts";
import { longestTimer } from "../runtime.ts";
import { abortedError } from "./aborted.ts";
import type { Call } from "./call.ts";

/**
 * Runs a part of a call within a time, and no longer than the caller wants. What runs need not
 * listen: it is not waited for.
 *
 * @param what What is missing when the time is over, for the error.
 * @param run Is given a function that sets another time, from now on.
 * @param stop Told when what runs is no longer wanted.
 * @throws {AbortedError} When the caller's signal is aborted.
 * @throws {TimeoutError} When the time is over.
 */
export function limited<T>(
  call: Call,
  ms: number,
  what: string,
  run: (limit: (ms: number) => void) => Promise<T>,
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
      end(abortedError(call));
    };
    let timer: ReturnType<typeof setTimeout>;
    const limit = (most: number) => {
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          const missing = call.queued ? "free connection" : what;
          end(new TimeoutError(`No ${missing} within ${Math.ceil(most)} ms`, call));
        },
        Math.min(most, longestTimer),
      );
    };
    limit(ms);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    run(limit).then(
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
