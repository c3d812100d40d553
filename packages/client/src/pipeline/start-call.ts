import { checkGuid, checkNames } from "../check.ts";
import { InvalidRequestError } from "../errors/errors.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Call, CallOptions } from "./call.ts";

/** What a call sends, by its operation. */
export interface Outgoing extends Pick<Call, "operation" | "rules" | "url" | "method" | "body"> {
  /** By lower-case names. The call takes them over. */
  headers: Record<string, string>;
}

export interface StartOptions {
  applicationName: string | undefined;
  totalTimeoutMs: number;
  runtime: Runtime;
}

/**
 * Turns a request into a call, with two identifiers that all its attempts share. Identifiers from the caller
 * stay.
 *
 * @param secrets What its errors must not show.
 * @throws {InvalidRequestError} When an identifier is not a GUID, the signal is not an `AbortSignal`, or an
 * option is unknown.
 */
export function startCall(
  outgoing: Outgoing,
  options: CallOptions,
  { applicationName, totalTimeoutMs, runtime }: StartOptions,
  secrets: string[] = [],
): Call {
  const { headers, rules } = outgoing;
  const identify = (argument: "requestId" | "correlationId", header: string) => {
    const given = headers[header] ?? options[argument];
    if (given !== undefined) checkGuid(argument, given);
    return (headers[header] = given ?? runtime.uuid());
  };
  checkNames("call", options, ["signal", "requestId", "correlationId", "sentAt"]);
  const { signal } = options;
  // An AbortController in place of its signal would otherwise fail only at the end of a timer.
  if (signal && typeof signal.addEventListener !== "function") {
    throw new InvalidRequestError("signal", "must be an AbortSignal");
  }
  const requestId = identify("requestId", rules?.idempotencyHeader ?? "ms-requestid");
  const correlationId = identify("correlationId", "ms-correlationid");
  headers.accept ??= "application/json";
  if (applicationName) headers["ms-partnercenter-application"] = applicationName;
  return {
    ...outgoing,
    signal,
    requestId,
    correlationId,
    state: {
      deadline: elapsed(runtime) + totalTimeoutMs,
      sentAt: 0,
      clockAhead: 0,
      token: undefined,
      secrets,
      isRenewed: false,
      isReplayed: false,
      attempts: 0,
      ambiguous: false,
      queued: false,
    },
  };
}
