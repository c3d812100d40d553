import type { AuthenticationResult } from "@azure/msal-node";

/**
 * How the user signed in, as the tokens tell it.
 *
 * @returns Whether a second factor was used, and the `amr` claim; nothing when no token has one.
 */
export function multiFactor({
  accessToken,
  idTokenClaims,
}: AuthenticationResult): { used: boolean; methods: string[] } | undefined {
  const methods = [readClaims(accessToken).amr, (idTokenClaims as Claims | undefined)?.amr]
    .map((claim) => [claim].flat().filter((method) => typeof method === "string"))
    .find((list) => list.length > 0);
  return methods && { used: methods.some((method) => /^(ngc)?mfa$/.test(method)), methods };
}

interface Claims {
  amr?: unknown;
}

/** Of an access token only to show them: what decides is Partner Center's own reading. */
function readClaims(token: string): Claims {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    return Object(JSON.parse(payload)) as Claims;
  } catch {
    return {};
  }
}
