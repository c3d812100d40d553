/** An access token, in the form that the client and the Azure SDK share. */
export interface AccessToken {
  token: string;
  /** When it expires: milliseconds since 1970, by this machine's clock. */
  expiresOnTimestamp: number;
  /**
   * When to renew it, if there is still time: milliseconds since 1970, by this machine's clock. Entra's
   * `refresh_in` where the response has one.
   */
  refreshAfterTimestamp?: number;
}
