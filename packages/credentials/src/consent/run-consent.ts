import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import type { AuthenticationResult } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { fileRefreshTokenStore } from "../store/file-refresh-token-store.ts";
import { acquire, createMsal } from "../token/acquire.ts";
import { TokenEndpoint } from "../token/token-endpoint.ts";
import type { ConsentOptions } from "./read-options.ts";
import { listen } from "./wait-for-answer.ts";

/**
 * Runs one sign-in: authorization code with PKCE (RFC 7636), redirected to a loopback address (RFC 8252).
 *
 * @throws {CredentialError}
 */
export async function runConsent(options: ConsentOptions): Promise<void> {
  const { application, port, timeoutMs, print } = options;
  const store = fileRefreshTokenStore(options.store);
  // Report an unwritable store before the user signs in.
  await store.exclusively(async () => {}, AbortSignal.timeout(application.timeoutMs));

  const redirectUri = `http://localhost:${port}`;
  const loopback = await listen(port, application.authority, () =>
    console.error(
      "Ignored a redirect with another state: it belongs to another sign-in, or is forged. Still waiting.",
    ),
  );
  try {
    const signIn = await beginSignIn(application, redirectUri);
    // Listen before printing the address: the browser may be quicker than the code in between.
    const waiting = loopback.answer(signIn.state, timeoutMs);
    waiting.catch(() => undefined);
    console.log(`Sign in as the user that will act in Partner Center, with multi-factor authentication:

  ${signIn.url}

Waiting for the answer on ${redirectUri}, at most ${timeoutMs / 1000} seconds.`);
    if (!print) await openBrowser(signIn.url);

    const answer = await waiting;
    try {
      const { result, refreshToken } = await signIn.redeem(answer.code);
      const signal = AbortSignal.timeout(application.timeoutMs);
      await store.exclusively(() => store.write(refreshToken), signal);
      report(result, resolve(options.store));
      answer.show("Signed in", "The refresh token is stored. You can close this page.");
    } catch (error) {
      const isExpected = error instanceof CredentialError;
      answer.show("Nothing was stored", isExpected ? error.message : "See the command's output.");
      throw error;
    }
  } finally {
    await loopback[Symbol.asyncDispose]();
  }
}

async function beginSignIn(application: Application, redirectUri: string) {
  const { CryptoProvider } = await import("@azure/msal-node");
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const state = randomBytes(16).toString("base64url");
  const nonce = randomBytes(16).toString("base64url");
  const scopes = [application.environment.appUserScope];
  const signal = () => AbortSignal.timeout(application.timeoutMs);

  const msal = await createMsal(application, new TokenEndpoint(application, signal()));
  const url = await msal.getAuthCodeUrl({
    scopes,
    redirectUri,
    state,
    nonce,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    // The browser may have another user's session.
    prompt: "select_account",
  });
  return {
    url: url.replace(/^https:\/\/[^/]+/, application.authority),
    state,
    async redeem(code: string) {
      const endpoint = new TokenEndpoint(application, signal());
      const result = await acquire(application, endpoint, (fresh) =>
        fresh.acquireTokenByCode({ code, scopes, redirectUri, codeVerifier: verifier, nonce }),
      );
      const { refreshToken } = endpoint;
      if (refreshToken === undefined) throw noRefreshToken();
      return { result, refreshToken };
    },
  };
}

function report(result: AuthenticationResult, file: string): void {
  const { account, tenantId } = result;
  console.log(
    `\nSigned in as ${account?.username || "a user without a name"}, tenant ${tenantId}.`,
  );
  const factors = multiFactor(result);
  if (factors?.used) {
    console.log(`Multi-factor authentication was used (amr: ${factors.methods.join(", ")}).`);
  } else {
    const found = factors
      ? `was not used (amr: ${factors.methods.join(", ")})`
      : "is not shown by the token";
    console.error(
      `Warning: multi-factor authentication ${found}. Partner Center has required it for app+user tokens since 2026-04-01.`,
    );
  }
  console.log(`Stored the refresh token in ${file}, readable by this user only.`);
}

function noRefreshToken(): CredentialError {
  return new CredentialError({
    kind: "refused",
    meaning: "The response has no refresh token",
    remedy: "Allow offline_access in the app registration.",
  });
}

/**
 * Reads how the user signed in from the tokens.
 *
 * @returns Whether a second factor was used, and the `amr` claim; undefined when no token has one.
 */
function multiFactor({
  accessToken,
  idTokenClaims,
}: AuthenticationResult): { used: boolean; methods: string[] } | undefined {
  const methods = [readClaims(accessToken).amr, (idTokenClaims as Claims | undefined)?.amr]
    .map((claim) => [claim].flat().filter((method) => typeof method === "string"))
    .find((list) => list.length > 0);
  return methods && { used: methods.some((method) => /^(ngc)?mfa$/.test(method)), methods };
}

interface Claims {
  amr?: unknown;
}

/** Reads claims for display only. Partner Center decides by its own reading. */
function readClaims(token: string): Claims {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    return Object(JSON.parse(payload)) as Claims;
  } catch {
    return {};
  }
}

/** Opens the user's browser, if there is one. The address is printed in any case. */
async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  const child = await open(url).catch(() => undefined);
  child?.on("error", () => undefined);
}
