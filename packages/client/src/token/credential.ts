/** What a credential receives with a request for a token. */
export interface TokenRequest {
  /** Whether the service rejected the token before, so that a cached one does not help. */
  readonly forceRefresh: boolean;
  /** Aborted after a minute. */
  readonly signal: AbortSignal;
  /** The same signal, under the name that `@azure/identity` reads. */
  readonly abortSignal: AbortSignal;
}

export interface AccessToken {
  token: string;
  /**
   * When it expires, in milliseconds since 1970. Seconds, as in OAuth's `expires_on`, are recognized by their
   * size. Without it the client does not cache the token.
   */
  expiresOnTimestamp?: number | undefined;
  /**
   * When the client requests a new token in the background, in milliseconds since 1970.
   *
   * @default a minute before it expires
   */
  refreshAfterTimestamp?: number | undefined;
}

/** Returns tokens for a scope, as the credentials of `@azure/identity` do. */
export interface TokenCredential {
  getToken(scopes: string, request: TokenRequest): Promise<AccessToken | null>;
}

/**
 * Where the client gets its bearer tokens:
 *
 * - an object with `getToken`: the client caches its token until shortly before it expires;
 * - a function that returns a token: called before every attempt, so it may decide each time;
 * - `"none"`: the client adds no token, because a server in front of the service does.
 */
export type Credential =
  | ((request: TokenRequest) => string | Promise<string>)
  | TokenCredential
  | "none";
