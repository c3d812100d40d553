import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// Importing msal takes a second on a busy machine, too long for tests with short timeouts.
import "@azure/msal-node";
import { type Entra, type EntraOptions, startEntra } from "@partner-qualifications/testing/entra";
import { environments, fileRefreshTokenStore } from "../src/index.ts";

/** The scope that the client requests. */
export const scope = environments.global.appOnlyScope;

/** An OAuth server, options for it, and a folder with a store. */
export async function world(options: EntraOptions = {}) {
  const entra = await startEntra(options);
  const folder = await mkdtemp(join(tmpdir(), "credentials-"));
  const file = join(folder, "refresh-token");
  const store = fileRefreshTokenStore(file);
  const { tenant, clientId, clientSecret } = entra;
  return {
    entra,
    folder,
    file,
    store,
    options: { tenant, clientId, clientSecret, authority: entra.url },
    /** The same options as variables. */
    env: envOf(entra, file),
    async [Symbol.asyncDispose]() {
      await entra[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

function envOf({ tenant, clientId, clientSecret, url }: Entra, file: string) {
  return {
    PARTNER_CENTER_TENANT: tenant,
    PARTNER_CENTER_CLIENT_ID: clientId,
    PARTNER_CENTER_CLIENT_SECRET: clientSecret,
    PARTNER_CENTER_AUTHORITY: url,
    PARTNER_CENTER_REFRESH_TOKEN_FILE: file,
  };
}

/** Returns the error that a promise or function ends with. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<Error> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error as Error;
  }
  throw new Error("It should have failed");
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}
