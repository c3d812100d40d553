import type { ConfidentialClientApplication } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import { endpoints } from "../generated/environments.ts";
import { signAssertion } from "./sign-assertion.ts";
import { secureForm, type TokenEndpoint } from "./token-endpoint.ts";

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
