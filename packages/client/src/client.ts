import { checkOptions, type QualificationsClientOptions } from "./options.ts";
import { asFetch, type SomeRequest } from "./pipeline/as-fetch.ts";
import { gatesOf } from "./pipeline/gate.ts";
import { createPipeline } from "./pipeline/pipeline.ts";
import { createSend } from "./pipeline/send.ts";
import { Customers } from "./resources/customers.ts";
import { Qualifications } from "./resources/qualifications.ts";
import { ValidationCodes } from "./resources/validation-codes.ts";
import { systemRuntime } from "./runtime.ts";
import { TokenSource } from "./token/token-source.ts";

export interface QualificationsClient {
  readonly qualifications: Qualifications;
  readonly validationCodes: ValidationCodes;
  readonly customers: Customers;
  /** Where the service is, without a slash at the end. */
  readonly baseUrl: string;
  /**
   * Sends any request below the base address with the same identifiers, token, timeouts and retries,
   * for clients that take a `fetch`; `createHttpClient` of `@partner-qualifications/client/http` is
   * one. It answers with errors of the service as they came, and throws where there is no answer.
   *
   * It takes the arguments of the standard `fetch`, and uses method, headers, signal and a text body. It
   * follows no redirect.
   */
  readonly fetch: (input: string | URL | SomeRequest, init?: RequestInit) => Promise<Response>;
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
  const { runtime = systemRuntime, applicationName, docsBase } = options;
  const pipeline = createPipeline({
    source: credential === "none" ? undefined : new TokenSource(credential, scope, runtime),
    preflight: options.preflight ?? true,
    timeoutMs: options.timeoutMs ?? 30_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 120_000,
    retry: options.retry,
    hooks: options.hooks,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    runtime,
    gates: gatesOf(credential, baseUrl, runtime),
  });
  const send = createSend(baseUrl, { applicationName, runtime }, pipeline);
  const unwrapOptions = { docsBase, now: runtime.now };
  return {
    qualifications: new Qualifications(send, unwrapOptions, {
      runtime,
      hooks: options.hooks,
      host: new URL(baseUrl).hostname,
    }),
    validationCodes: new ValidationCodes(send, unwrapOptions),
    customers: new Customers(send, unwrapOptions),
    baseUrl,
    fetch: asFetch(baseUrl, { applicationName, runtime }, pipeline),
  };
}
