import { AbortedError, TimeoutError } from "../errors/errors.ts";
import { longestTimer } from "../runtime.ts";
import type { Call } from "./call.ts";

/** Returns the error of a call whose signal is aborted. */
export function abortedError(call: Call): AbortedError {
  return new AbortedError("The call was aborted", factsOf(call), { cause: call.signal?.reason });
}

/** Returns what an error reports about a call: its constructor picks the members that it knows. */
export function factsOf<Facts extends object>(call: Call, facts?: Facts) {
  return { ...call, attempts: call.state.attempts, ...(facts as Facts) };
}

/**
 * Runs one part of a call within a time limit, until the caller aborts. It does not wait for a `run` that
 * ignores its end.
 *
 * @param what What is missing at the end of the time, for the error.
 * @param run Receives a function that sets a new limit, from now on.
 * @param stop Called with the error when the result is no longer wanted.
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
    const abort = () => end(abortedError(call));
    let timer: ReturnType<typeof setTimeout>;
    const limit = (most: number) => {
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          const missing = call.state.queued ? "free connection" : what;
          end(new TimeoutError(`No ${missing} within ${Math.ceil(most)} ms`, factsOf(call)));
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
