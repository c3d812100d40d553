import { CredentialError } from "../errors/credential-error.ts";

/** RFC 6749, A.17: printable ASCII. White space at an end would not survive a file. */
const printable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Whether a value can be a refresh token. Only Entra knows whether it is one. */
export function isRefreshToken(value: unknown): value is string {
  return typeof value === "string" && printable.test(value);
}

/**
 * Rejects what would take a refresh token's place in a store and is none.
 *
 * @throws {CredentialError} `store_unusable`, without the value.
 */
export function checkRefreshToken(value: unknown): asserts value is string {
  if (isRefreshToken(value)) return;
  throw new CredentialError({
    reason: "store_unusable",
    meaning: `The value to store is not a refresh token (${describe(value)})`,
    remedy: "The stored refresh token was kept. Store what the token endpoint returned, unchanged.",
  });
}

function describe(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  return value === "" ? "empty" : "it has white space at an end, or characters beyond ASCII";
}
