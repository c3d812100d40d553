import { checkGuid } from "../check.ts";
import { InvalidRequestError } from "../errors/index.ts";
import type { Runtime } from "../runtime.ts";
import type { Call } from "./call.ts";
import { findOperation } from "./find-operation.ts";
import type { LightRequest } from "./light-request.ts";

export interface IdentifyOptions {
  baseUrl: string;
  applicationName: string | undefined;
  runtime: Runtime;
}

/**
 * The first stage: makes a call of a request, with the two identifiers that it keeps over all its
 * attempts. What the caller set stays.
 */
export function identify(request: LightRequest, options: IdentifyOptions): Call {
  const { baseUrl, applicationName, runtime } = options;
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => (headers[name] = value));
  const own = request.call;
  const correlationId = (headers["ms-correlationid"] ??= own?.correlationId ?? runtime.uuid());
  headers.accept = "application/json";
  if (applicationName) headers["ms-partnercenter-application"] = applicationName;

  // The token belongs to the address that was checked, whatever one call may say.
  if (!request.url.startsWith(`${baseUrl}/`)) {
    throw new InvalidRequestError("baseUrl", "must be the client's own");
  }
  const query = request.url.indexOf("?");
  const path = request.url.slice(baseUrl.length, query < 0 ? undefined : query);
  const operation = findOperation(request.method, path);
  const key = operation?.idempotencyHeader ?? "ms-requestid";
  const requestId = (headers[key] ??= own?.requestId ?? runtime.uuid());
  checkGuid("requestId", requestId);
  checkGuid("correlationId", correlationId);
  return {
    operation,
    url: request.url,
    method: request.method,
    headers,
    body: request.body,
    signal: request.signal ?? own?.signal,
    requestId,
    correlationId,
    startedAt: runtime.now(),
    token: undefined,
    tokens: [],
    attempts: 0,
    ambiguous: false,
    text: "",
  };
}
