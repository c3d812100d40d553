import { type Application, checkApplication } from "./application.ts";
import type { ApplicationOptions } from "./application-options.ts";
import type { AccessToken } from "./access-token.ts";
import { accessToken, acquire } from "./token/acquire.ts";
import { checkScopes } from "./token/check-scopes.ts";
import { TokenEndpoint } from "./token/token-endpoint.ts";
import { type TokenRequestOptions, withinTime } from "./within-time.ts";

/** What the client's `credential` option takes, and what the Azure SDK calls a token credential. */
export interface PartnerCenterCredential {
  /**
   * Asks Entra for an access token, every time: the client keeps it as long as it is good.
   *
   * @param scopes Of Partner Center, as the client asks for them.
   * @throws {CredentialError}
   */
  getToken(scopes: string | readonly string[], options?: TokenRequestOptions): Promise<AccessToken>;
}

/**
 * Tokens for an application alone. Partner Center takes them for reading; a change wants
 * {@link appUserCredential}.
 *
 * @throws {CredentialError} When the options cannot work. Nothing is sent before the first `getToken`.
 * @example
 * const client = createQualificationsClient({
 *   credential: appOnlyCredential({ tenant: "contoso.onmicrosoft.com", clientId, clientSecret }),
 * });
 */
export function appOnlyCredential(options: ApplicationOptions): PartnerCenterCredential {
  return appOnlyFrom(checkApplication(options));
}

export function appOnlyFrom(application: Application): PartnerCenterCredential {
  return {
    async getToken(scopes, request = {}) {
      const list = checkScopes(scopes, application);
      return withinTime(request, application.timeoutMs, async (signal) => {
        const endpoint = new TokenEndpoint(application, signal);
        const result = await acquire(application, endpoint, (msal) =>
          msal.acquireTokenByClientCredential({
            scopes: list,
            // A region is for services inside Azure; msal would read it from the environment.
            azureRegion: "DisableMsalForceRegion",
          }),
        );
        return accessToken(result);
      });
    },
  };
}
