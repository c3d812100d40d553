import type { AccessToken } from "../access-token.ts";
import type { TokenRequestOptions } from "./within-time.ts";

/**
 * What the client's `credential` option takes, and what the Azure SDK calls a token credential. One may serve
 * any number of clients.
 */
export interface PartnerCenterCredential {
  /**
   * Returns an access token: the kept one while it is valid, otherwise a new one of Entra. All callers share
   * one token request; it is retried within the time of a call, after the `Retry-After` that the token endpoint
   * sends. A token is renewed early and in the background, and used until it expires when that fails.
   *
   * @param scopes Of Partner Center, as the client asks for them.
   * @throws {CredentialError}
   */
  getToken(scopes: string | readonly string[], options?: TokenRequestOptions): Promise<AccessToken>;
}
