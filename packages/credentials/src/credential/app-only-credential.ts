import { type Application, checkApplication } from "../settings/application.ts";
import type { ApplicationOptions } from "../settings/application-options.ts";
import type { PartnerCenterCredential } from "../token/partner-center-credential.ts";
import { acquire, grantOf } from "../token/acquire.ts";
import { keepTokens } from "../token/keep-tokens.ts";
import { TokenEndpoint } from "../token/token-endpoint.ts";

/**
 * Creates a credential for the application alone. Partner Center accepts its tokens for reading; changes
 * need {@link appUserCredential}.
 *
 * @throws {CredentialError} When the options are invalid. The first request is sent by `getToken`.
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
          // Regions are for services inside Azure. Without this, msal reads one from the environment.
          azureRegion: "DisableMsalForceRegion",
        }),
      );
      return grantOf(result, endpoint);
    },
    "The token endpoint",
  );
}
