import { CredentialError } from "../errors/credential-error.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";

/** As much of an `AbortSignal` as is used; the Azure SDK's `AbortSignalLike` has no more. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What a caller of `getToken` may give; the client and the Azure SDK name the signal differently. */
export interface TokenRequestOptions {
  /** Obtains a new token although the credential still has one: that one was refused. */
  readonly forceRefresh?: boolean | undefined;
  /** Ends the waiting of this caller; others who wait for the same token go on. */
  readonly signal?: AbortSignalLike | undefined;
  /** The same, by the name that the Azure SDK uses. */
  readonly abortSignal?: AbortSignalLike | undefined;
  /** A challenge, as the Azure SDK passes it on after a refusal: obtains a new token. */
  readonly claims?: string | undefined;
}

export type Signals = Pick<TokenRequestOptions, "signal" | "abortSignal">;

/**
 * Ends the waiting when time is up or the caller aborts, whatever the task does then.
 *
 * @param giveUp What to reject with when the task does not react to its signal.
 * @throws {CredentialError} `timed_out` or `aborted`.
 */
export async function withinTime<T>(
  { signal, abortSignal }: Signals,
  timeoutMs: number,
  task: (signal: AbortSignal) => Promise<T>,
  giveUp: (signal: AbortSignal) => CredentialError,
): Promise<T> {
  // Not AbortSignal.any: on Node 20 it lets a timeout be collected as garbage, which then never comes.
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
    if (either.aborted) throw stopped(either, "There was no time to ask for a token");
    // The task may know better what it was waiting for, and is told at the same time.
    const stop = () => setImmediate(() => reject(giveUp(either)));
    either.addEventListener("abort", stop, { once: true });
    task(either).then(resolve, reject);
  }).finally(() => {
    for (const end of ends) end();
  });
}

/** Waits, or rejects with the signal's reason once that is aborted. */
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

/**
 * @param meaning What was waited for.
 * @param remedy Where to look.
 */
export function stopped(
  signal: AbortSignal,
  meaning: string,
  remedy = "Check the network and Entra's status",
): CredentialError {
  const { name } = Object(signal.reason) as { name?: string };
  return name === "TimeoutError"
    ? new CredentialError({
        reason: "timed_out",
        meaning: `${meaning} in time`,
        remedy: `${remedy}, and try again.`,
      })
    : new CredentialError({
        reason: "aborted",
        meaning: `${meaning} before the caller gave up`,
        remedy: "Ask again when a token is wanted.",
      });
}
