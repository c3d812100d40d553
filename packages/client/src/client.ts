import { checkOptions, type QualificationsClientOptions } from "./options.ts";
import { clientVersion } from "./generated/version.ts";
import { onDemand } from "./on-demand.ts";
import type { SomeRequest } from "./pipeline/as-fetch.ts";
import { secretsIn } from "./pipeline/headers.ts";
import { createPipeline } from "./pipeline/pipeline.ts";
import { createSend } from "./pipeline/send.ts";
import { throttleOf } from "./pipeline/throttle.ts";
import { type AuditRecords, createAuditRecords } from "./resources/audit-records.ts";
import { createCustomers, type Customers } from "./resources/customers.ts";
import { createQualifications, type Qualifications } from "./resources/qualifications.ts";
import { createValidationCodes, type ValidationCodes } from "./resources/validation-codes.ts";
import { systemRuntime } from "./runtime.ts";
import { createTokenSource } from "./token/token-source.ts";

export interface QualificationsClient {
  readonly qualifications: Qualifications;
  readonly validationCodes: ValidationCodes;
  readonly customers: Customers;
  readonly auditRecords: AuditRecords;
  /** The base address of the service, without a slash at the end. */
  readonly baseUrl: string;
  /**
   * Sends any request below the base address with the same identifiers, token, timeouts and retries, for
   * libraries that accept a `fetch`, such as `createHttpClient` of `@partner-qualifications/client/http`. It
   * returns the service's errors as responses, and throws only without a response.
   *
   * It has the signature of the standard `fetch`, and reads method, headers, signal and a text body. It
   * follows no redirect.
   */
  readonly fetch: (input: string | URL | SomeRequest, init?: RequestInit) => Promise<Response>;
}

/**
 * Creates a client for Partner Center's customer qualifications.
 *
 * @throws {InvalidRequestError} When an option is invalid or unknown.
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
  const { credential, scope, baseUrl, auditWaitMs, headers, hooks } = checkOptions(options ?? {});
  const { runtime = systemRuntime, applicationName, docsBase, totalTimeoutMs = 120_000 } = options;
  const pipeline = createPipeline({
    source: credential === "none" ? undefined : createTokenSource(credential, scope, runtime),
    preflight: options.preflight ?? true,
    timeoutMs: options.timeoutMs ?? 30_000,
    retry: options.retry,
    hooks,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    runtime,
    throttle: throttleOf(credential, baseUrl, runtime),
  });
  const start = {
    headers: {
      "ms-partnercenter-client": "@partner-qualifications/client",
      "ms-sdkversion": clientVersion,
      ...headers,
      ...(applicationName && { "ms-partnercenter-application": applicationName }),
    },
    secrets: secretsIn(headers),
    totalTimeoutMs,
    runtime,
  };
  const send = createSend(baseUrl, start, pipeline);
  const loadFetch = onDemand(async () => {
    const { asFetch } = await import("./pipeline/as-fetch.ts");
    return asFetch(baseUrl, start, pipeline, hooks);
  });
  const unwrapOptions = { docsBase, now: runtime.now };
  const world = { runtime, hooks };
  const [auditRecords, prove] = createAuditRecords(send, unwrapOptions, world, auditWaitMs);
  return {
    qualifications: createQualifications(send, unwrapOptions, {
      ...world,
      host: new URL(baseUrl).hostname,
      prove,
    }),
    validationCodes: createValidationCodes(send, unwrapOptions),
    customers: createCustomers(send, unwrapOptions),
    auditRecords,
    baseUrl,
    async fetch(input, init) {
      // Before the part is loaded: the caller may change its `init` in the meantime.
      const isRequest = !init && Object(input).headers;
      const request = (isRequest ? input : new Request(input as string, init)) as SomeRequest;
      return (await loadFetch())(request);
    },
  };
}
