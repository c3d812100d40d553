import { AbortedError, TimeoutError } from "../errors/index.ts";
import { type Call, describeCall } from "./call.ts";

/**
 * Runs a part of a call within a time, and no longer than the caller wants. What runs is told through
 * the signal, and is not waited for if it does not listen.
 *
 * @throws {AbortedError} When the caller's signal is aborted.
 * @throws {TimeoutError} When the time is over.
 */
export function limited<T>(
  call: Call,
  ms: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // One controller and one timer: combining signals costs several times as much.
  const controller = new AbortController();
  const { signal } = call;
  return new Promise<T>((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    // A credential or a fetch of somebody's own may not listen, and is not waited for.
    const end = (error: Error) => {
      settle();
      reject(error);
      controller.abort(error);
    };
    const abort = () => {
      end(new AbortedError("The call was aborted", describeCall(call), { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      end(new TimeoutError(`No whole answer within ${ms} ms`, describeCall(call)));
    }, ms);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    run(controller.signal).then(
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
