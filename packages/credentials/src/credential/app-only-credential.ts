import { type Application, checkApplication } from "../settings/application.ts";
import type { ApplicationOptions } from "../settings/application-options.ts";
import type { PartnerCenterCredential } from "../token/partner-center-credential.ts";
import { acquire, grantOf } from "../token/acquire.ts";
import { keepTokens } from "../token/keep-tokens.ts";
import { TokenEndpoint } from "../token/token-endpoint.ts";

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
  return keepTokens(
    application,
    async (scopes, signal) => {
      const endpoint = new TokenEndpoint(application, signal);
      const result = await acquire(application, endpoint, (msal) =>
        msal.acquireTokenByClientCredential({
          scopes,
          // A region is for services inside Azure; msal would read it from the environment.
          azureRegion: "DisableMsalForceRegion",
        }),
      );
      return grantOf(result, endpoint);
    },
    "The token endpoint",
  );
}
