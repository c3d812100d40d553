import { CredentialError } from "./credential-error.ts";

/** Something given to this package that cannot be. */
export function invalidSetting(meaning: string, remedy: string): CredentialError {
  return new CredentialError({ reason: "invalid_setting", meaning, remedy });
}
