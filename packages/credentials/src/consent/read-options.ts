import { readArguments } from "@partner-qualifications/command-options";
import { type Application, checkApplication } from "../settings/application.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";
import { readEnvironment, type Variables, variables } from "../settings/read-environment.ts";

export interface ConsentOptions {
  application: Application;
  /** File of the refresh token. */
  store: string;
  port: number;
  timeoutMs: number;
  print: boolean;
}

/**
 * @throws {CredentialError} `missingSetting`, naming all missing settings at once, or `invalidSetting`.
 */
export function readOptions(args: string[], env: Variables): ConsentOptions | "help" | "version" {
  const flags = parse(args);
  if (flags.help) return "help";
  if (flags.version) return "version";
  const settings = readEnvironment({
    ...env,
    ...(flags.tenant && { [variables.tenant]: flags.tenant }),
    ...(flags["client-id"] && { [variables.clientId]: flags["client-id"] }),
    ...(flags.environment && { [variables.environment]: flags.environment }),
    ...(flags.certificate && {
      [variables.certificate]: flags.certificate,
      [variables.clientSecret]: "",
    }),
    ...(flags.store && { [variables.refreshTokenFile]: flags.store }),
  });
  const store = settings.refreshTokenFile ?? "";
  return {
    application: checkApplication(settings, names, store ? [] : [names.store]),
    store,
    port: number("--port", flags.port, 65_535),
    timeoutMs: number("--timeout", flags.timeout, 86_400) * 1000,
    print: flags.print,
  };
}

const names = {
  tenant: `${variables.tenant} (--tenant)`,
  clientId: `${variables.clientId} (--client-id)`,
  clientSecret: variables.clientSecret,
  certificate: `${variables.certificate} (--certificate)`,
  environment: `${variables.environment} (--environment)`,
  authority: variables.authority,
  store: `${variables.refreshTokenFile} (--store)`,
};

function parse(args: string[]) {
  try {
    return readArguments(args, {
      tenant: { type: "string" },
      "client-id": { type: "string" },
      certificate: { type: "string" },
      environment: { type: "string" },
      store: { type: "string" },
      port: { type: "string", default: "8400" },
      timeout: { type: "string", default: "300" },
      print: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    });
  } catch (error) {
    const [, what = "", remedy = ""] = /^(.*?)\. (.*)$/.exec((error as Error).message) ?? [];
    throw invalidSetting(what, remedy);
  }
}

function number(flag: string, value: string, most: number): number {
  if (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw invalidSetting(`${flag} is not a whole number from 1 to ${most}`, "See --help.");
}

export const help = `qualifications-consent: the one-time consent of the Secure Application Model

Usage: qualifications-consent [options]

Signs in a user of the partner with multi-factor authentication and stores the refresh token, which
appUserCredential exchanges for access tokens.

  --tenant T          the partner tenant, a GUID or a domain (PARTNER_CENTER_TENANT)
  --client-id ID      the application (client) id (PARTNER_CENTER_CLIENT_ID)
  --certificate FILE  PEM with certificate and private key (PARTNER_CENTER_CERTIFICATE_FILE),
                      instead of the secret in PARTNER_CENTER_CLIENT_SECRET
  --environment E     global, usGovernment or china (PARTNER_CENTER_ENVIRONMENT, default global)
  --store FILE        file for the refresh token (PARTNER_CENTER_REFRESH_TOKEN_FILE)
  --port N            port of the redirect URI, http://localhost:N (default 8400)
  --timeout SECONDS   how long to wait for the sign-in (default 300)
  --print             print the address of the sign-in page, open no browser
  --version           print the version of the package
  --help              print this text

Secrets are never flags, because other users can see them: use PARTNER_CENTER_CLIENT_SECRET, or
PARTNER_CENTER_CERTIFICATE_PASSPHRASE for an encrypted private key.

Uses the proxy in HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Before Node 24.14, also set
NODE_USE_ENV_PROXY=1.

Before the first run, add http://localhost:8400 to the app registration as a redirect URI for the
Web platform, and the API permission Microsoft Partner Center, user_impersonation.

Examples:
  qualifications-consent --tenant contoso.onmicrosoft.com --client-id … --store ./refresh-token
  qualifications-consent --print --port 9000     on a machine reached by ssh -L 9000:localhost:9000`;
