import type { AuthenticationResult, ConfidentialClientApplication } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { endpoints } from "../generated/environments.ts";
import { signAssertion } from "./sign-assertion.ts";
import { secureForm, type TokenEndpoint } from "./token-endpoint.ts";
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

/**
 * A msal application for one exchange. It is thrown away with the tokens in its memory: the client
 * keeps the access token, and the store keeps the refresh token.
 */
export async function createMsal(
  { tenant, clientId, proof, authority, clock }: Application,
  endpoint: TokenEndpoint,
): Promise<ConfidentialClientApplication> {
  // It takes long to import, and a program may never need a token.
  const msal = await import("@azure/msal-node");
  const base = secureForm(authority);
  const address = (path: string) => base + path.replace("{tenant}", tenant);
  return new msal.ConfidentialClientApplication({
    auth: {
      clientId,
      ...("clientSecret" in proof
        ? proof
        : {
            clientAssertion: signAssertion(
              proof.clientCertificate,
              clientId,
              address(endpoints.token),
              Date.now() + clock.aheadMs,
            ),
          }),
      authority: `${base}/${tenant}`,
      // Both save msal from asking around where the endpoints are: the contract says it.
      knownAuthorities: [new URL(base).host],
      authorityMetadata: JSON.stringify({
        issuer: `${base}/${tenant}/v2.0`,
        authorization_endpoint: address(endpoints.authorize),
        token_endpoint: address(endpoints.token),
        jwks_uri: address("/{tenant}/discovery/v2.0/keys"),
      }),
    },
    system: { networkClient: endpoint },
  });
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
    kind: "refused",
    meaning: `The answer of the token endpoint cannot be used${isCode ? ` (${errorCode})` : ""}`,
    remedy: "Check that the authority is Entra's.",
  });
}
