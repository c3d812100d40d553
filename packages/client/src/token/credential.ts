/** What the client asks of a credential. */
export interface TokenRequest {
  /** The token before was refused, so one from a cache will not do. */
  readonly forceRefresh: boolean;
  /** Ends the asking after a minute. */
  readonly signal: AbortSignal;
  /** The same, by the name that `@azure/identity` reads. */
  readonly abortSignal: AbortSignal;
}

export interface AccessToken {
  token: string;
  /**
   * When it expires, in milliseconds since 1970. Seconds, as OAuth's `expires_on` has them, are recognized by
   * their size. Without it the token is not kept.
   */
  expiresOnTimestamp?: number | undefined;
  /**
   * From when on a new token is requested in the background, in milliseconds since 1970.
   *
   * @default a minute before it expires
   */
  refreshAfterTimestamp?: number | undefined;
}

/** Anything that gives tokens for a scope, as the credentials of `@azure/identity` do. */
export interface TokenCredential {
  getToken(scopes: string, request: TokenRequest): Promise<AccessToken | null>;
}

/**
 * Where the client gets its bearer tokens from:
 *
 * - an object with `getToken`: the client keeps its token until shortly before it expires;
 * - a function that returns a token: asked before every call, so it may decide anew each time;
 * - `"none"`, said explicitly, where somebody else adds the token (a browser behind its own server).
 */
export type Credential =
  | ((request: TokenRequest) => string | Promise<string>)
  | TokenCredential
  | "none";
