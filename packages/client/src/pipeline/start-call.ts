import { checkGuid, checkNames } from "../check.ts";
import { InvalidRequestError } from "../errors/errors.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Call, CallOptions, Operation } from "./call.ts";

export interface Outgoing {
  operation: string | undefined;
  rules: Operation | undefined;
  url: string;
  method: string;
  /** By names in lower case. They become the call's own. */
  headers: Record<string, string>;
  body: string | undefined;
}

export interface StartOptions {
  applicationName: string | undefined;
  runtime: Runtime;
}

/**
 * Makes a call of a request, with the two identifiers that it keeps over all its attempts. What the
 * caller set stays.
 *
 * @throws {InvalidRequestError} When an identifier of the caller is not a GUID, or its signal none.
 */
export function startCall(
  { operation, rules, url, method, headers, body }: Outgoing,
  own: CallOptions,
  { applicationName, runtime }: StartOptions,
): Call {
  const identify = (argument: "requestId" | "correlationId", header: string) => {
    const given = headers[header] ?? own[argument];
    if (given !== undefined) checkGuid(argument, given);
    return (headers[header] = given ?? runtime.uuid());
  };
  checkNames("call", own, ["signal", "requestId", "correlationId", "sentAt"]);
  const { signal } = own;
  // A controller in place of its signal would be found out only when a timer ends.
  if (signal && typeof signal.addEventListener !== "function") {
    throw new InvalidRequestError("signal", "must be an AbortSignal");
  }
  const requestId = identify("requestId", rules?.idempotencyHeader ?? "ms-requestid");
  const correlationId = identify("correlationId", "ms-correlationid");
  headers.accept ??= "application/json";
  if (applicationName) headers["ms-partnercenter-application"] = applicationName;
  return {
    operation,
    rules,
    url,
    method,
    headers,
    body,
    signal,
    requestId,
    correlationId,
    startedAt: elapsed(runtime),
    sentAt: 0,
    clockAhead: 0,
    tokens: [],
    isRenewed: false,
    isReplayed: false,
    attempts: 0,
    ambiguous: false,
    queued: false,
    text: "",
    note: undefined,
  };
}
