import type { AuthenticationResult, ConfidentialClientApplication } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { endpoints } from "../generated/environments.ts";
import { signAssertion } from "./sign-assertion.ts";
import { secureForm, type TokenEndpoint } from "./token-endpoint.ts";
import type { Grant } from "./token-keeper.ts";

/** Entra's code for an assertion outside its validity period. */
const outOfTime = "AADSTS700024";
/** A smaller difference is not worth another request: Entra tolerates more. */
const sameClockMs = 60_000;

/**
 * Requests a token through msal. If Entra rejects a certificate's assertion because of its time,
 * requests one more by Entra's clock.
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
    if (!result) throw new Error("msal returned no result");
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
 * Creates an msal application for one exchange. It is dropped with the tokens in its memory: the client
 * keeps the access token, and the store keeps the refresh token.
 */
export async function createMsal(
  { tenant, clientId, proof, authority, clock }: Application,
  endpoint: TokenEndpoint,
): Promise<ConfidentialClientApplication> {
  // Importing msal is slow, and a program may never need a token.
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
      // Both keep msal from discovering endpoints that the contract already has.
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

/** Returns the part of a result that is kept. */
export function grantOf(
  { accessToken: token }: AuthenticationResult,
  { life }: TokenEndpoint,
): Grant {
  return { token, ...life };
}

/** msal's messages may repeat a response; its codes do not. */
function notUsable(error: unknown): CredentialError {
  const { errorCode } = Object(error) as { errorCode?: unknown };
  const isCode = typeof errorCode === "string" && /^\w{1,60}$/.test(errorCode);
  return new CredentialError({
    kind: "refused",
    meaning: `The token endpoint's response cannot be used${isCode ? ` (${errorCode})` : ""}`,
    remedy: "Check that the authority is Entra's.",
  });
}
