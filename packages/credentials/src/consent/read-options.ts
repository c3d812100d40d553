import { readArguments } from "@partner-qualifications/command-options";
import { type Application, checkApplication } from "../settings/application.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";
import { readEnvironment, type Variables, variables } from "../settings/read-environment.ts";

export interface ConsentOptions {
  application: Application;
  /** The file of the refresh token. */
  store: string;
  port: number;
  timeoutMs: number;
  print: boolean;
}

/** @throws {CredentialError} `missing_setting`, which names all that are missing, or `invalid_setting`. */
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
