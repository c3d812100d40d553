import { appOnlyFrom } from "./app-only-credential.ts";
import { appUserFrom } from "./app-user-credential.ts";
import { checkApplication } from "../settings/application.ts";
import type { ApplicationSettings } from "../settings/application-options.ts";
import type { PartnerCenterCredential } from "../token/partner-center-credential.ts";
import { readEnvironment, type Variables, variables } from "../settings/read-environment.ts";
import { fileRefreshTokenStore } from "../store/file-refresh-token-store.ts";

/** Settings without a variable: the transport of token requests, and the time limit of one `getToken`. */
export type EnvironmentOptions = Pick<ApplicationSettings, "fetch" | "timeoutMs">;

/**
 * Creates a credential from environment variables: app+user if `PARTNER_CENTER_REFRESH_TOKEN_FILE` is
 * set, otherwise app-only. Reads `PARTNER_CENTER_TENANT`, `PARTNER_CENTER_CLIENT_ID`,
 * `PARTNER_CENTER_CLIENT_SECRET` or `PARTNER_CENTER_CERTIFICATE_FILE` (with
 * `PARTNER_CENTER_CERTIFICATE_PASSPHRASE`), `PARTNER_CENTER_ENVIRONMENT` (default `global`) and, for a
 * test server, `PARTNER_CENTER_AUTHORITY`.
 *
 * @param env The variables; by default, those of the process.
 * @param options Settings without a variable.
 * @throws {CredentialError} `missingSetting`, naming all missing variables at once, or `invalidSetting`.
 * @example
 * const client = createQualificationsClient({ credential: credentialFromEnvironment() });
 */
export function credentialFromEnvironment(
  env: Variables = process.env,
  options: EnvironmentOptions = {},
): PartnerCenterCredential {
  const { refreshTokenFile, ...settings } = readEnvironment(env);
  const { fetch, timeoutMs } = options;
  const application = checkApplication({ ...settings, fetch, timeoutMs }, variables);
  return refreshTokenFile === undefined
    ? appOnlyFrom(application)
    : appUserFrom(application, fileRefreshTokenStore(refreshTokenFile));
}
