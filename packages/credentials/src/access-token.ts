/** An access token, in the form that the client and the Azure SDK share. */
export interface AccessToken {
  token: string;
  /** Milliseconds since 1970, by this machine's clock. */
  expiresOnTimestamp: number;
}
