import { CredentialError } from "./errors/credential-error.ts";

/** What a caller of `getToken` may give; the client and the Azure SDK name the signal differently. */
export interface TokenRequestOptions {
  /** Makes no difference: an access token is never kept here. */
  readonly forceRefresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Ends the waiting when time is up or the caller aborts, whatever the task does then.
 *
 * @throws {CredentialError} `timed_out` or `aborted`.
 */
export async function withinTime<T>(
  { signal, abortSignal }: TokenRequestOptions,
  timeoutMs: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // Not AbortSignal.any: on Node 20 it lets a timeout be collected as garbage, which then never comes.
  const controller = new AbortController();
  const { signal: either } = controller;
  const over = new AbortController();
  for (const given of [signal, abortSignal]) {
    const follow = () => controller.abort(given?.reason);
    if (given?.aborted) follow();
    given?.addEventListener("abort", follow, { once: true, signal: over.signal });
  }
  if (either.aborted) throw stopped(either, "There was no time to ask for a token");
  const timer = setTimeout(() => controller.abort(new DOMException("", "TimeoutError")), timeoutMs);
  return new Promise<T>((resolve, reject) => {
    // The task may know better what it was waiting for, and is told at the same time.
    const giveUp = () =>
      setImmediate(() =>
        reject(
          stopped(either, "The store of the refresh token did not answer", "Look at the store"),
        ),
      );
    either.addEventListener("abort", giveUp, { once: true });
    task(either).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    over.abort();
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
