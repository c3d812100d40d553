import { CredentialError } from "./credential-error.ts";

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
        kind: "timeout",
        meaning: `${meaning} in time`,
        remedy: `${remedy}, and try again.`,
      })
    : new CredentialError({
        kind: "aborted",
        meaning: `${meaning} before the caller gave up`,
        remedy: "Ask again when a token is wanted.",
      });
}
