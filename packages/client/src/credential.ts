/**
 * Where the client gets its bearer tokens from:
 *
 * - a function that returns an access token,
 * - an object with `getToken(scopes)`, as the credentials of `@azure/identity` are,
 * - `"none"`, said explicitly, where somebody else adds the token (a browser behind its own server).
 */
export type Credential =
  | (() => string | Promise<string>)
  | { getToken(scopes: string): Promise<{ token: string } | null> }
  | "none";

/** The scope that covers whatever was consented to for the application. */
const scope = "https://api.partnercenter.microsoft.com/.default";

/** @returns The token to send now, if the credential has one. */
export async function readToken(
  credential: Exclude<Credential, "none">,
): Promise<string | undefined> {
  if (typeof credential === "function") return credential();
  return (await credential.getToken(scope))?.token;
}
