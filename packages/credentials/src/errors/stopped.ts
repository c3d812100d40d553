import { CredentialError } from "./credential-error.ts";

/**
 * Creates the `timeout` or `aborted` error.
 *
 * @param meaning What did not happen in time.
 * @param remedy What to check.
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
        meaning: `${meaning} before the caller aborted`,
        remedy: "Request a token again when you need one.",
      });
}
