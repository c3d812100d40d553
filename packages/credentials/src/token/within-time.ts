import type { CredentialError } from "../errors/credential-error.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";
import { stopped } from "../errors/stopped.ts";
import type { TokenRequestOptions } from "./partner-center-credential.ts";

export type Signals = Pick<TokenRequestOptions, "signal" | "abortSignal">;

/**
 * Stops waiting when time runs out or the caller aborts, whether or not the task reacts.
 *
 * @param giveUp Creates the error when the task does not react to its signal.
 * @throws {CredentialError} `timeout` or `aborted`.
 */
export async function withinTime<T>(
  { signal, abortSignal }: Signals,
  timeoutMs: number,
  task: (signal: AbortSignal) => Promise<T>,
  giveUp: (signal: AbortSignal) => CredentialError,
): Promise<T> {
  // Not AbortSignal.any: it accepts real AbortSignals only, and the Azure SDK passes objects that resemble one.
  const controller = new AbortController();
  const { signal: either } = controller;
  const ends: (() => void)[] = [];
  const given = [signal, abortSignal].filter((one) => one !== undefined && one !== null);
  if (given.some((one) => typeof one.addEventListener !== "function")) {
    throw invalidSetting("The signal is not an AbortSignal", "Pass controller.signal.");
  }
  for (const one of given) {
    const follow = () => controller.abort((one as { reason?: unknown }).reason);
    if (one.aborted) follow();
    one.addEventListener("abort", follow);
    ends.push(() => one.removeEventListener("abort", follow));
  }
  const timer = setTimeout(() => controller.abort(new DOMException("", "TimeoutError")), timeoutMs);
  ends.push(() => clearTimeout(timer));
  return new Promise<T>((resolve, reject) => {
    if (either.aborted) throw stopped(either, "No time was left to request a token");
    // Let the task reject first: its error is more specific.
    const stop = () => setImmediate(() => reject(giveUp(either)));
    either.addEventListener("abort", stop, { once: true });
    task(either).then(resolve, reject);
  }).finally(() => {
    for (const end of ends) end();
  });
}

/** Waits, or rejects with the signal's reason once it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}
