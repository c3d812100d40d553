import { CredentialError } from "../errors/credential-error.ts";

/** Keeps the refresh token of the Secure Application Model. */
export interface RefreshTokenStore {
  /** @returns The token, or undefined when there is none yet. */
  read(): Promise<string | undefined>;
  /**
   * Replaces the stored token, which must stay readable until the new one is safe. It must reject a
   * value that cannot be a refresh token, such as an empty string, and keep the stored one.
   */
  write(token: string): Promise<void>;
  /**
   * Runs a task while no other task on the same store is running, in this process or another.
   *
   * @param signal Ends the wait for other tasks, not the task.
   */
  exclusively<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** RFC 6749, A.17: printable ASCII. A file would not preserve white space at either end. */
const printable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Whether a value has the form of a refresh token. Only Entra can validate it. */
export function isRefreshToken(value: unknown): value is string {
  return typeof value === "string" && printable.test(value);
}

/**
 * Rejects a value that is not a refresh token before it replaces the stored one.
 *
 * @throws {CredentialError} `storeUnusable`, without the value.
 */
export function checkRefreshToken(value: unknown): asserts value is string {
  if (isRefreshToken(value)) return;
  throw new CredentialError({
    kind: "storeUnusable",
    meaning: `The value to store is not a refresh token (${describe(value)})`,
    remedy: "The stored refresh token was kept. Store exactly what the token endpoint returned.",
  });
}

function describe(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  return value === ""
    ? "empty"
    : "it begins or ends with white space, or has characters beyond ASCII";
}
