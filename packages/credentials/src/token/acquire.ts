import type { AuthenticationResult, ConfidentialClientApplication } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { createMsal } from "./create-msal.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";
import type { Grant } from "./token-keeper.ts";

/** Entra's code for an assertion that is not valid at this time. */
const outOfTime = "AADSTS700024";
/** Not worth another request: Entra tolerates more. */
const sameClockMs = 60_000;

/**
 * Lets msal ask the token endpoint. When Entra refuses a certificate's assertion for its time, it asks once
 * more by Entra's own clock.
 *
 * @throws {CredentialError}
 */
export async function acquire(
  application: Application,
  endpoint: TokenEndpoint,
  ask: (msal: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
  isAgain = false,
): Promise<AuthenticationResult> {
  try {
    const result = await ask(await createMsal(application, endpoint));
    if (!result) throw new Error("msal gave no result");
    return result;
  } catch (error) {
    const failure = endpoint.failure ?? notUsable(error);
    const { clock } = application;
    const aheadMs = endpoint.clockAheadMs ?? clock.aheadMs;
    const isLearned = Math.abs(aheadMs - clock.aheadMs) > sameClockMs;
    if (failure.code !== outOfTime || !isLearned || isAgain) throw failure;
    clock.aheadMs = aheadMs;
    endpoint.failure = undefined;
    return acquire(application, endpoint, ask, true);
  }
}

/** The part of a result that is kept. */
export function grantOf(
  { accessToken: token }: AuthenticationResult,
  { life }: TokenEndpoint,
): Grant {
  return { token, ...life };
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
