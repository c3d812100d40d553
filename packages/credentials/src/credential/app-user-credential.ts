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
  /** Holds the refresh token that `qualifications-consent` stored, and each one that replaces it. */
  store: RefreshTokenStore;
};

/**
 * Creates a credential for an application and a user who consented once (Secure Application Model). It
 * exchanges the stored refresh token for an access token. Entra issues a new refresh token each time,
 * which is stored before `getToken` returns; until then the old one stays.
 *
 * @throws {CredentialError} When the options are invalid. The first request is sent by `getToken`.
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
      "Pass fileRefreshTokenStore(…), callbackRefreshTokenStore(…) or a complete RefreshTokenStore.",
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
    "The refresh token's store or the token endpoint",
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
    // If the store cannot lock, another process may have rotated the token first.
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
    // Keep the new refresh token even if msal rejects the rest of the response.
    const rotated = endpoint.refreshToken;
    if (rotated !== undefined && rotated !== refreshToken) {
      // Keep the token of a consent given in the meantime.
      if ((await read(store)) === refreshToken) await store.write(rotated);
    }
  }
}

/** Reads the token without the white space that a vault or an editor may add. */
async function read(store: RefreshTokenStore): Promise<string | undefined> {
  const token = (await store.read())?.trim();
  if (!token) return undefined;
  if (isRefreshToken(token)) return token;
  throw new CredentialError({
    kind: "storeUnusable",
    meaning: "The stored value is not a refresh token",
    remedy: "Check what else writes to the store, then run qualifications-consent again.",
  });
}

function nothingStored(): CredentialError {
  return new CredentialError({
    kind: "refreshTokenMissing",
    meaning: "The store holds no refresh token",
    remedy: "Run qualifications-consent with the same store.",
  });
}

/** Reports a custom store's error by name only, since its message may repeat the token. */
function storeFailed(error: unknown): CredentialError {
  return new CredentialError({
    kind: "storeUnusable",
    meaning: `The store failed (${error instanceof Error ? error.name : typeof error})`,
    remedy: "Check the store. It still holds the previous refresh token.",
  });
}
