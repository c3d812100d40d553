import type { Fetch } from "@partner-qualifications/client";
import type { ApplicationSettings, PemCertificate } from "./application-options.ts";
import { type ClientCertificate, readCertificate } from "./certificate.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { checkText, invalidSetting } from "../errors/invalid-setting.ts";
import { type Environment, environments } from "./environments.ts";

/** Validated settings. */
export interface Application {
  readonly tenant: string;
  readonly clientId: string;
  readonly proof: { clientSecret: string } | { clientCertificate: ClientCertificate };
  readonly environment: Environment;
  readonly authority: string;
  readonly timeoutMs: number;
  readonly fetch: Fetch;
  /** Whether the caller passed a transport. */
  readonly isOwnFetch: boolean;
  /** How far Entra's clock is ahead of this machine's, as far as known. */
  readonly clock: { aheadMs: number };
}

/** The names of the settings in messages: options, variables or flags. */
export type SettingNames = Record<
  "tenant" | "clientId" | "clientSecret" | "certificate" | "environment" | "authority",
  string
>;

const optionNames: SettingNames = {
  tenant: "tenant",
  clientId: "clientId",
  clientSecret: "clientSecret",
  certificate: "certificate",
  environment: "environment",
  authority: "authority",
};

export interface UncheckedSettings extends Partial<ApplicationSettings> {
  clientSecret?: string | undefined;
  certificate?: PemCertificate | undefined;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const maxTimeoutMs = 60_000;

/**
 * @param missing Other missing settings, so that one error names them all.
 * @throws {CredentialError} `missingSetting` or `invalidSetting`.
 */
export function checkApplication(
  settings: UncheckedSettings,
  names: SettingNames = optionNames,
  missing: string[] = [],
): Application {
  const { tenant = "", clientId = "", clientSecret, certificate, timeoutMs = 30_000 } = settings;
  for (const name of ["tenant", "clientId", "clientSecret", "environment", "authority"] as const) {
    checkText(settings[name], names[name]);
  }
  const absent = [
    ...(tenant ? [] : [names.tenant]),
    ...(clientId ? [] : [names.clientId]),
    ...(clientSecret || certificate ? [] : [`${names.clientSecret} or ${names.certificate}`]),
    ...missing,
  ];
  if (absent.length > 0) {
    throw new CredentialError({
      kind: "missingSetting",
      meaning: `Missing: ${absent.join(", ")}`,
      remedy: "Set them. The secret or certificate is in the app registration.",
    });
  }
  if (clientSecret && certificate) {
    throw invalidSetting(
      `${names.clientSecret} and ${names.certificate} are both set`,
      "Give one.",
    );
  }
  if (!guid.test(tenant) && !domain.test(tenant)) {
    throw invalidSetting(
      `${names.tenant} is neither a GUID nor a domain`,
      "Use your partner tenant, such as contoso.onmicrosoft.com; common and organizations are not tenants.",
    );
  }
  if (!guid.test(clientId)) {
    throw invalidSetting(`${names.clientId} is not a GUID`, "Use the application (client) id.");
  }
  const environmentName = settings.environment ?? "global";
  if (!Object.hasOwn(environments, environmentName)) {
    throw invalidSetting(
      `${names.environment} is not one of ${Object.keys(environments).join(", ")}`,
      "Use one of these.",
    );
  }
  if (!(typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs <= maxTimeoutMs)) {
    throw invalidSetting("timeoutMs is not between 1 and 60000", "Omit it for 30 seconds.");
  }
  if (settings.fetch !== undefined && typeof settings.fetch !== "function") {
    throw invalidSetting("fetch is not a function", "Omit it to use the global fetch.");
  }
  const environment = environments[environmentName];
  return {
    tenant,
    clientId,
    proof: certificate
      ? { clientCertificate: readCertificate(certificate, names.certificate) }
      : { clientSecret: clientSecret ?? "" },
    environment,
    authority: checkAuthority(settings.authority ?? environment.authority, names.authority),
    timeoutMs,
    // Resolved on use: the first access is slow, and instrumentation may replace it later.
    fetch: settings.fetch ?? ((...request) => globalThis.fetch(...request)),
    isOwnFetch: settings.fetch !== undefined,
    clock: { aheadMs: 0 },
  };
}

function checkAuthority(authority: string, name: string): string {
  const url = URL.parse(authority);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback)) return url.origin;
  throw invalidSetting(
    `${name} is not an https address`,
    "The credential sends secrets to it, so use https. Plain http is allowed only for a test server on loopback.",
  );
}
