import { fileURLToPath } from "node:url";
import type { Credential } from "@partner-qualifications/client";
import { CredentialError, credentialFromEnvironment } from "@partner-qualifications/credentials";
import type { DemoOptions } from "./start-demo.ts";

const loopback = /^(localhost|127(\.\d+){3}|::1)$/i;
const stateFile = fileURLToPath(new URL("../../.state/followed.json", import.meta.url));

/** Every mistake of the environment, each on a line of its own. */
export class SettingsError extends Error {
  constructor(mistakes: string[]) {
    super(`The environment is not complete; see .env.example\n${mistakes.join("\n")}`);
    this.name = "SettingsError";
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says, as `.env.example` describes it.
 *
 * @throws {SettingsError} With all that is wrong, and not only the first of it.
 */
export function readSettings(env: Environment): DemoOptions {
  const { PUBLIC_URL, STATE_FILE, MOCK_URL } = env;
  const PORT = env.PORT || "4000";
  const HOST = env.HOST || "127.0.0.1";
  const mistakes: string[] = [];
  if (!/^\d+$/.test(PORT) || Number(PORT) > 65_535) {
    mistakes.push(`PORT: "${PORT}" is not a port; it is a number up to 65535`);
  }
  if (PUBLIC_URL && !isOrigin(PUBLIC_URL)) {
    mistakes.push(`PUBLIC_URL: "${PUBLIC_URL}" is not an address such as https://demo.example`);
  }
  if (!loopback.test(HOST) && !PUBLIC_URL) {
    mistakes.push(
      `PUBLIC_URL: is missing. HOST ${HOST} lets other machines in, so a proxy has to sign users in; give the address that it shows`,
    );
  }
  if (MOCK_URL && !isOrigin(MOCK_URL)) {
    mistakes.push(`MOCK_URL: "${MOCK_URL}" is not an address such as http://127.0.0.1:4010`);
  }
  const credential = MOCK_URL ? () => "any-token" : readCredential(env, mistakes);
  if (mistakes.length > 0 || !credential) throw new SettingsError(mistakes);
  return {
    port: Number(PORT),
    host: HOST,
    publicUrl: PUBLIC_URL || undefined,
    stateFile: STATE_FILE || stateFile,
    baseUrl: MOCK_URL?.replace(/\/$/, "") || undefined,
    environment: env.PARTNER_CENTER_ENVIRONMENT === "china" ? "china" : "global",
    credential,
  };
}

function readCredential(env: Environment, mistakes: string[]): Credential | undefined {
  try {
    return credentialFromEnvironment(env);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    mistakes.push(`PARTNER_CENTER_…: ${error.message}`);
    return undefined;
  }
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#@\s]+\/?$/.test(text) && URL.canParse(text);
}
