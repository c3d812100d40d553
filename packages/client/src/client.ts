import createClient, { type Client } from "openapi-fetch";
import type { Credential } from "./credential.ts";
import { environments } from "./generated/environments.ts";
import type { paths } from "./generated/paths.ts";
import { qualificationsOf } from "./qualifications.ts";
import { createSend } from "./send.ts";
import { validationCodesOf } from "./validation-codes.ts";

export interface QualificationsClientOptions {
  /** Where the bearer token of each call comes from. */
  credential: Credential;
  /**
   * Which Partner Center to speak to: `china` is the one operated by 21Vianet.
   *
   * @default "global"
   */
  environment?: keyof typeof environments;
  /** An absolute address that takes the place of the environment's, for instance a mock's. */
  baseUrl?: string;
  /** Sent as `MS-PartnerCenter-Application`, for the service's own diagnosis. */
  applicationName?: string;
  /**
   * What carries the request.
   *
   * @default globalThis.fetch
   */
  fetch?: (request: Request) => Promise<Response>;
}

export interface QualificationsClient {
  readonly qualifications: ReturnType<typeof qualificationsOf>;
  readonly validationCodes: ReturnType<typeof validationCodesOf>;
  /**
   * The bare openapi-fetch client, with the same identifiers and token on each call. It answers with
   * `{ data, error, response }` and throws only where there is no answer.
   */
  readonly http: Client<paths>;
}

/**
 * A client for the customer qualifications of Partner Center.
 *
 * @example
 * const client = createQualificationsClient({ credential: () => accessToken });
 * await client.qualifications.request(customerId, {
 *   qualification: "Education",
 *   educationSegment: "K12",
 *   website: "example.edu",
 * });
 */
export function createQualificationsClient({
  credential,
  environment = "global",
  baseUrl = environments[environment],
  applicationName,
  fetch = (request) => globalThis.fetch(request),
}: QualificationsClientOptions): QualificationsClient {
  const http = createClient<paths>({
    baseUrl,
    fetch: createSend({ credential, applicationName, fetch }),
  });
  return {
    qualifications: qualificationsOf(http),
    validationCodes: validationCodesOf(http),
    http,
  };
}
