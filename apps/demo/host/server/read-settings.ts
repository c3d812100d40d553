import { fileURLToPath } from "node:url";
import type { Credential } from "@partner-qualifications/client";
import { CredentialError, credentialFromEnvironment } from "@partner-qualifications/credentials";
import type { DemoOptions } from "./start-demo.ts";

const environments = ["usGovernment", "china"] as const;
const loopback = /^(localhost|127(\.\d+){3}|::1)$/i;
const stateFile = fileURLToPath(new URL("../../.state/reviews.json", import.meta.url));

/**
 * Reads the variables that `.env.example` describes.
 *
 * @throws {Error} With a line for each mistake.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): DemoOptions {
  const mistakes: string[] = [];
  const address = (name: string, example: string): string | undefined => {
    const value = env[name] || undefined;
    if (value === undefined || /^https?:\/\/[^/?#@\s]+\/?$/.test(value)) {
      return value?.replace(/\/$/, "");
    }
    mistakes.push(`${name}: "${value}" is not an address such as ${example}`);
    return undefined;
  };
  const port = env.PORT || "4000";
  const host = env.HOST || "127.0.0.1";
  const publicUrl = address("PUBLIC_URL", "https://demo.example");
  const docsUrl = address("DOCS_URL", "http://127.0.0.1:4020");
  const baseUrl = address("MOCK_URL", "http://127.0.0.1:4010");
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    mistakes.push(`PORT: "${port}" is not a port; it is a number up to 65535`);
  }
  if (!loopback.test(host) && !env.PUBLIC_URL) {
    const why = `HOST ${host} lets other machines in, so a proxy has to sign users in`;
    mistakes.push(`PUBLIC_URL: is missing. ${why}; set the address that the proxy shows`);
  }
  const credential = env.MOCK_URL ? () => "any-token" : readCredential(env, mistakes);
  if (mistakes.length > 0 || !credential) {
    const lines = ["The environment is incomplete; see .env.example", ...mistakes];
    throw new Error(lines.join("\n"));
  }
  return {
    port: Number(port),
    host,
    publicUrl,
    docsUrl,
    stateFile: env.STATE_FILE || stateFile,
    baseUrl,
    environment: environments.find((one) => one === env.PARTNER_CENTER_ENVIRONMENT) ?? "global",
    credential,
  };
}

function readCredential(env: NodeJS.ProcessEnv, mistakes: string[]): Credential | undefined {
  try {
    return credentialFromEnvironment(env);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    mistakes.push(`PARTNER_CENTER_…: ${error.message}`);
    return undefined;
  }
}
