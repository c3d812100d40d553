import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated/paths.ts";
import { checkOptions, type QualificationsClientOptions } from "./options.ts";
import { LightRequest } from "./pipeline/light-request.ts";
import { createPipeline } from "./pipeline/pipeline.ts";
import { Customers } from "./resources/customers.ts";
import { Qualifications } from "./resources/qualifications.ts";
import { ValidationCodes } from "./resources/validation-codes.ts";
import { systemRuntime } from "./runtime.ts";
import { TokenSource } from "./token/token-source.ts";

export interface QualificationsClient {
  readonly qualifications: Qualifications;
  readonly validationCodes: ValidationCodes;
  readonly customers: Customers;
  /**
   * The bare openapi-fetch client, with the same identifiers, token, timeouts and retries on each
   * call. It answers with `{ data, error, response }`, and throws where there is no answer or a good
   * one is not JSON. Its requests are light ones: a middleware may read and set headers, not copy them.
   */
  readonly http: Client<paths>;
}

/**
 * A client for the customer qualifications of Partner Center.
 *
 * @throws {InvalidRequestError} When an option breaks its rule.
 * @example
 * const client = createQualificationsClient({ credential: () => accessToken });
 * const vetting = await client.qualifications.request(customerId, {
 *   qualification: "Education",
 *   educationSegment: "K12",
 *   website: "example.edu",
 * });
 */
export function createQualificationsClient(
  options: QualificationsClientOptions,
): QualificationsClient {
  const { credential, scope, baseUrl } = checkOptions(options ?? {});
  const { runtime = systemRuntime } = options;
  const pipeline = createPipeline({
    baseUrl,
    applicationName: options.applicationName,
    source: credential === "none" ? undefined : new TokenSource(credential, scope, runtime),
    preflight: options.preflight ?? true,
    timeoutMs: options.timeoutMs ?? 30_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 120_000,
    retry: options.retry,
    hooks: options.hooks,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    runtime,
  });
  const http = createClient<paths>({
    baseUrl,
    Request: LightRequest as unknown as typeof Request,
    fetch: pipeline as unknown as (request: Request) => Promise<Response>,
  });
  const unwrapOptions = { docsBase: options.docsBase, now: runtime.now };
  return {
    qualifications: new Qualifications(http, unwrapOptions, runtime),
    validationCodes: new ValidationCodes(http, unwrapOptions),
    customers: new Customers(http, unwrapOptions),
    http,
  };
}
