import type { Fetch } from "@partner-qualifications/client";
import type { ApplicationSettings, PemCertificate } from "./application-options.ts";
import { type ClientCertificate, readCertificate } from "./certificate.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { checkText, invalidSetting } from "../errors/invalid-setting.ts";
import { type Environment, environments } from "./environments.ts";

/** Settings that were found to be possible. */
export interface Application {
  readonly tenant: string;
  readonly clientId: string;
  readonly proof: { clientSecret: string } | { clientCertificate: ClientCertificate };
  readonly environment: Environment;
  readonly authority: string;
  readonly timeoutMs: number;
  readonly fetch: Fetch;
  /** Whether the caller gave the transport. */
  readonly isOwnFetch: boolean;
  /** What was learned of Entra's clock: by how much it is ahead of this machine's. */
  readonly clock: { aheadMs: number };
}

/** What the settings are called where they come from, for messages. */
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
 * @param missing What else is missing, so that all is named at once.
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
      remedy: "Set what is named; the secret or certificate is in the application's registration.",
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
      "Give the partner's own tenant, for instance contoso.onmicrosoft.com; common and organizations do not name one.",
    );
  }
  if (!guid.test(clientId)) {
    throw invalidSetting(`${names.clientId} is not a GUID`, "Give the application (client) id.");
  }
  const environmentName = settings.environment ?? "global";
  if (!Object.hasOwn(environments, environmentName)) {
    throw invalidSetting(
      `${names.environment} is none of ${Object.keys(environments).join(", ")}`,
      "Give one of these.",
    );
  }
  if (!(typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs <= maxTimeoutMs)) {
    throw invalidSetting("timeoutMs is not between 1 and 60000", "Leave it out for 30 seconds.");
  }
  if (settings.fetch !== undefined && typeof settings.fetch !== "function") {
    throw invalidSetting("fetch is not a function", "Leave it out for the global fetch.");
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
    // Looked up when it is needed: the first touch is dear, and somebody may instrument it later.
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
    "Secrets travel there; plain http is for a test server on loopback alone.",
  );
}
