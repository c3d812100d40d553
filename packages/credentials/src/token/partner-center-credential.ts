/** An access token, in the form that the client and the Azure SDK share. */
export interface PartnerCenterToken {
  token: string;
  /** When it expires: milliseconds since 1970, by this machine's clock. */
  expiresOnTimestamp: number;
  /**
   * When to renew it early: milliseconds since 1970, by this machine's clock. From Entra's `refresh_in`,
   * if the response has one.
   */
  refreshAfterTimestamp?: number;
}

/** The part of `AbortSignal` that is used. The Azure SDK's `AbortSignalLike` has no more. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Options of `getToken`. The client and the Azure SDK name the signal differently. */
export interface TokenRequestOptions {
  /** Requests a new token even if one is cached, because the service rejected that one. */
  readonly forceRefresh?: boolean | undefined;
  /** Ends this caller's wait. Other callers that wait for the same token are not affected. */
  readonly signal?: AbortSignalLike | undefined;
  /** The Azure SDK's name for `signal`. */
  readonly abortSignal?: AbortSignalLike | undefined;
  /** A claims challenge, which the Azure SDK passes on after a rejection. Requests a new token. */
  readonly claims?: string | undefined;
}

/**
 * The type of the client's `credential` option, and a token credential of the Azure SDK. Share one
 * between any number of clients.
 */
export interface PartnerCenterCredential {
  /**
   * Returns an access token: the cached one while it is valid, otherwise a new one. Concurrent callers
   * share one token request, which is retried within the time of the call and honors the token
   * endpoint's `Retry-After`. Tokens are renewed early, in the background; if renewal fails, the old
   * token is used until it expires.
   *
   * @param scopes Scopes of Partner Center, as the client requests them.
   * @throws {CredentialError}
   */
  getToken(
    scopes: string | readonly string[],
    options?: TokenRequestOptions,
  ): Promise<PartnerCenterToken>;
}
