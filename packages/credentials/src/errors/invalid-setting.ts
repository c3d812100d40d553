import { CredentialError } from "./credential-error.ts";

/**
 * Rejects a setting that is not a string or has stray white space, such as the line break that `echo`
 * adds to a secret. The message omits the value, since it may be a secret in the wrong place.
 *
 * @throws {CredentialError} `invalidSetting`.
 */
export function checkText(value: unknown, name: string): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "string") {
    throw invalidSetting(`${name} is a ${typeof value}, not a string`, "Pass a string.");
  }
  const where = /^\s/.test(value) ? "begins" : /\s$/.test(value) ? "ends" : undefined;
  if (where) {
    const what = /[\r\n]/.test(/^\s+|\s+$/.exec(value)![0]) ? "a line break" : "white space";
    throw invalidSetting(
      `${name} ${where} with ${what}`,
      "Remove it (echo adds one, printf does not).",
    );
  }
  if (/[\r\n\0]/.test(value.trim())) {
    throw invalidSetting(`${name} contains a line break or a null character`, "Use a single line.");
  }
}

/** Creates the error for an invalid option, variable or flag. */
export function invalidSetting(meaning: string, remedy: string): CredentialError {
  return new CredentialError({ kind: "invalidSetting", meaning, remedy });
}
