/** An access token, in the form that the client and the Azure SDK share. */
export interface PartnerCenterToken {
  token: string;
  /** When it expires: milliseconds since 1970, by this machine's clock. */
  expiresOnTimestamp: number;
  /**
   * When to renew it, if there is still time: milliseconds since 1970, by this machine's clock. Entra's
   * `refresh_in` where the response has one.
   */
  refreshAfterTimestamp?: number;
}

/** As much of an `AbortSignal` as is used; the Azure SDK's `AbortSignalLike` has no more. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What a caller of `getToken` may give; the client and the Azure SDK name the signal differently. */
export interface TokenRequestOptions {
  /** Obtains a new token although the credential still has one: that one was refused. */
  readonly forceRefresh?: boolean | undefined;
  /** Ends the waiting of this caller; others who wait for the same token go on. */
  readonly signal?: AbortSignalLike | undefined;
  /** The same, by the name that the Azure SDK uses. */
  readonly abortSignal?: AbortSignalLike | undefined;
  /** A challenge, as the Azure SDK passes it on after a refusal: obtains a new token. */
  readonly claims?: string | undefined;
}

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
  getToken(
    scopes: string | readonly string[],
    options?: TokenRequestOptions,
  ): Promise<PartnerCenterToken>;
}
