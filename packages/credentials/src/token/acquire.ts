import type { AuthenticationResult, ConfidentialClientApplication } from "@azure/msal-node";
import type { AccessToken } from "../access-token.ts";
import type { Application } from "../application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { createMsal } from "./create-msal.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";

/**
 * Lets msal ask the token endpoint.
 *
 * @throws {CredentialError}
 */
export async function acquire(
  application: Application,
  endpoint: TokenEndpoint,
  ask: (msal: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
): Promise<AuthenticationResult> {
  try {
    const result = await ask(await createMsal(application, endpoint));
    if (!result) throw new Error("msal gave no result");
    return result;
  } catch (error) {
    throw endpoint.failure ?? notUsable(error);
  }
}

/** The part of a result that a caller is given. By this machine's clock: Entra says how long, not until when. */
export function accessToken({ accessToken: token, expiresOn }: AuthenticationResult): AccessToken {
  return { token, expiresOnTimestamp: expiresOn?.getTime() ?? Date.now() };
}

/** msal's own words may repeat an answer; its codes do not. */
function notUsable(error: unknown): CredentialError {
  const { errorCode } = Object(error) as { errorCode?: unknown };
  const isCode = typeof errorCode === "string" && /^\w{1,60}$/.test(errorCode);
  return new CredentialError({
    reason: "refused",
    meaning: `The answer of the token endpoint cannot be used${isCode ? ` (${errorCode})` : ""}`,
    remedy: "Check that the authority is Entra's.",
  });
}
