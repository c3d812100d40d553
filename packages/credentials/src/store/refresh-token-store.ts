import { CredentialError } from "../errors/credential-error.ts";

/** Where the refresh token of the Secure Application Model is kept. */
export interface RefreshTokenStore {
  /** @returns The token, or nothing when there is none yet. */
  read(): Promise<string | undefined>;
  /**
   * Puts a token in place of the one before, which must stay readable until this one is safe. It must reject
   * what cannot be a refresh token, such as an empty text, and keep the one before.
   */
  write(token: string): Promise<void>;
  /**
   * Runs a task while nobody else runs one on the same store, in this process or another.
   *
   * @param signal Ends the waiting for the others, not the task.
   */
  exclusively<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** RFC 6749, A.17: printable ASCII. White space at an end would not survive a file. */
const printable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Whether a value can be a refresh token. Only Entra knows whether it is one. */
export function isRefreshToken(value: unknown): value is string {
  return typeof value === "string" && printable.test(value);
}

/**
 * Rejects what would take a refresh token's place in a store and is none.
 *
 * @throws {CredentialError} `storeUnusable`, without the value.
 */
export function checkRefreshToken(value: unknown): asserts value is string {
  if (isRefreshToken(value)) return;
  throw new CredentialError({
    kind: "storeUnusable",
    meaning: `The value to store is not a refresh token (${describe(value)})`,
    remedy: "The stored refresh token was kept. Store what the token endpoint returned, unchanged.",
  });
}

function describe(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  return value === "" ? "empty" : "it has white space at an end, or characters beyond ASCII";
}
