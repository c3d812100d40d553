import { CredentialError } from "./credential-error.ts";

/**
 * Rejects a setting that is not a text, or has white space that no such setting has: a line break after a secret,
 * say, as `echo` adds it. The value is not repeated, since it may be a secret in the wrong place.
 *
 * @throws {CredentialError} `invalidSetting`.
 */
export function checkText(value: unknown, name: string): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "string") {
    throw invalidSetting(`${name} is a ${typeof value}, not a string`, "Give a string.");
  }
  const where = /^\s/.test(value) ? "begins" : /\s$/.test(value) ? "ends" : undefined;
  if (where) {
    const what = /[\r\n]/.test(/^\s+|\s+$/.exec(value)![0]) ? "a line break" : "white space";
    throw invalidSetting(
      `${name} ${where} with ${what}`,
      "Remove it (printf adds none, echo does).",
    );
  }
  if (/[\r\n\0]/.test(value.trim())) {
    throw invalidSetting(`${name} contains a line break or a null character`, "Give one line.");
  }
}

/** Something given to this package that cannot be. */
export function invalidSetting(meaning: string, remedy: string): CredentialError {
  return new CredentialError({ kind: "invalidSetting", meaning, remedy });
}
