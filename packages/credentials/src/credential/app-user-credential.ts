import { type Application, checkApplication } from "../settings/application.ts";
import type { ApplicationOptions } from "../settings/application-options.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";
import type { PartnerCenterCredential } from "../token/partner-center-credential.ts";
import { isRefreshToken, type RefreshTokenStore } from "../store/refresh-token-store.ts";
import { acquire, grantOf } from "../token/acquire.ts";
import { keepTokens } from "../token/keep-tokens.ts";
import { TokenEndpoint } from "../token/token-endpoint.ts";
import type { Grant } from "../token/token-keeper.ts";

export type AppUserOptions = ApplicationOptions & {
  /** Where `qualifications-consent` put the refresh token, and where its successors go. */
  store: RefreshTokenStore;
};

/**
 * Tokens for an application and a user who consented once (Secure Application Model): each is
 * exchanged for the refresh token of a store. Entra gives a new refresh token each time; it is stored
 * before the access token is given out, and until then the old one stays.
 *
 * @throws {CredentialError} When the options cannot work. Nothing is sent before the first `getToken`.
 * @example
 * const client = createQualificationsClient({
 *   credential: appUserCredential({
 *     tenant: "contoso.onmicrosoft.com",
 *     clientId,
 *     clientSecret,
 *     store: fileRefreshTokenStore("/var/lib/onboarding/refresh-token"),
 *   }),
 * });
 */
export function appUserCredential({ store, ...options }: AppUserOptions): PartnerCenterCredential {
  const application = checkApplication(options, undefined, store ? [] : ["store"]);
  const methods = ["read", "write", "exclusively"] as const;
  const absent = methods.filter((name) => typeof store[name] !== "function");
  if (absent.length > 0) {
    throw invalidSetting(
      `store has no ${absent.join(", ")}`,
      "Pass fileRefreshTokenStore(…), callbackRefreshTokenStore(…) or a whole RefreshTokenStore.",
    );
  }
  return appUserFrom(application, store);
}

export function appUserFrom(
  application: Application,
  store: RefreshTokenStore,
): PartnerCenterCredential {
  return keepTokens(
    application,
    (scopes, signal) =>
      store
        .exclusively(() => refresh(application, store, scopes, signal), signal)
        .catch((error: unknown) => {
          throw error instanceof CredentialError ? error : storeFailed(error);
        }),
    "The store of the refresh token or the token endpoint",
  );
}

async function refresh(
  application: Application,
  store: RefreshTokenStore,
  scopes: string[],
  signal: AbortSignal,
): Promise<Grant> {
  const stored = await read(store);
  if (stored === undefined) throw nothingStored();
  try {
    return await exchange(application, store, stored, scopes, signal);
  } catch (error) {
    if (!(error instanceof CredentialError) || error.error !== "invalid_grant") throw error;
    // A store that cannot lock: another process may have been first, and Entra strict.
    const newer = await read(store);
    if (newer === undefined || newer === stored) throw error;
    return exchange(application, store, newer, scopes, signal);
  }
}

async function exchange(
  application: Application,
  store: RefreshTokenStore,
  refreshToken: string,
  scopes: string[],
  signal: AbortSignal,
): Promise<Grant> {
  const endpoint = new TokenEndpoint(application, signal);
  try {
    const result = await acquire(application, endpoint, (msal) =>
      msal.acquireTokenByRefreshToken({ refreshToken, scopes }),
    );
    return grantOf(result, endpoint);
  } finally {
    // Also when msal can do nothing with the rest of the answer.
    const rotated = endpoint.refreshToken;
    if (rotated !== undefined && rotated !== refreshToken) {
      // Somebody may have consented anew meanwhile; that one is to stay.
      if ((await read(store)) === refreshToken) await store.write(rotated);
    }
  }
}

/** A vault or an editor may have put white space around it. */
async function read(store: RefreshTokenStore): Promise<string | undefined> {
  const token = (await store.read())?.trim();
  if (!token) return undefined;
  if (isRefreshToken(token)) return token;
  throw new CredentialError({
    kind: "storeUnusable",
    meaning: "The store holds something that is not a refresh token",
    remedy: "Check what else writes to it, and run qualifications-consent again.",
  });
}

function nothingStored(): CredentialError {
  return new CredentialError({
    kind: "refreshTokenMissing",
    meaning: "The store holds no refresh token",
    remedy: "Run qualifications-consent once, with the same store.",
  });
}

/** A store of the caller's own; its error may repeat the token, so only the name is told. */
function storeFailed(error: unknown): CredentialError {
  return new CredentialError({
    kind: "storeUnusable",
    meaning: `The store failed (${error instanceof Error ? error.name : typeof error})`,
    remedy: "Look at the store; the refresh token before is still there.",
  });
}
