import { readFileSync } from "node:fs";
import type { PemCertificate } from "./application-options.ts";
import type { SettingNames, UncheckedSettings } from "./application.ts";
import { checkText, invalidSetting } from "../errors/invalid-setting.ts";
import type { EnvironmentName } from "./environments.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/** The variable of each setting. */
export const variables = {
  tenant: "PARTNER_CENTER_TENANT",
  clientId: "PARTNER_CENTER_CLIENT_ID",
  clientSecret: "PARTNER_CENTER_CLIENT_SECRET",
  certificate: "PARTNER_CENTER_CERTIFICATE_FILE",
  passphrase: "PARTNER_CENTER_CERTIFICATE_PASSPHRASE",
  refreshTokenFile: "PARTNER_CENTER_REFRESH_TOKEN_FILE",
  environment: "PARTNER_CENTER_ENVIRONMENT",
  authority: "PARTNER_CENTER_AUTHORITY",
} as const satisfies SettingNames & Record<string, string>;

/**
 * Reads the settings from the variables. An empty variable counts as unset.
 *
 * @throws {CredentialError} `invalidSetting`, when the certificate's file cannot be read.
 */
export function readEnvironment(env: Variables): UncheckedSettings & { refreshTokenFile?: string } {
  const value = (name: keyof typeof variables) => {
    // White space may be part of a passphrase.
    if (name !== "passphrase") checkText(env[variables[name]], variables[name]);
    return env[variables[name]] || undefined;
  };
  const certificateFile = value("certificate");
  const refreshTokenFile = value("refreshTokenFile");
  return {
    tenant: value("tenant") ?? "",
    clientId: value("clientId") ?? "",
    clientSecret: value("clientSecret"),
    certificate: certificateFile ? readPem(certificateFile, value("passphrase")) : undefined,
    environment: value("environment") as EnvironmentName | undefined,
    authority: value("authority"),
    ...(refreshTokenFile && { refreshTokenFile }),
  };
}

function readPem(file: string, passphrase: string | undefined): PemCertificate {
  try {
    return { pem: readFileSync(file, "utf8"), passphrase };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw invalidSetting(
      `${variables.certificate} names ${file}, which cannot be read (${code})`,
      "Use a PEM file that this user can read, with the certificate and its private key.",
    );
  }
}
