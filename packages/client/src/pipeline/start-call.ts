import { checkGuid, checkNames } from "../check.ts";
import { InvalidRequestError } from "../errors/errors.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Call, CallOptions, WriteOptions } from "./call.ts";
import { readHeaders, secretsIn } from "./headers.ts";

/** What a call sends, by its operation. */
export interface Outgoing extends Pick<Call, "operation" | "rules" | "url" | "method" | "body"> {
  /** By lower-case names. */
  headers: Record<string, string>;
}

export interface StartOptions {
  /** Sent with every call, by lower-case names. */
  headers: Record<string, string>;
  /** What no error may show. */
  secrets: string[];
  totalTimeoutMs: number;
  runtime: Runtime;
}

const names = [
  "signal",
  "requestId",
  "correlationId",
  "headers",
  "onResponse",
  "sentAt",
] as const satisfies readonly (keyof WriteOptions)[];

/**
 * Turns a request into a call, with two identifiers that all its attempts share. Identifiers from the caller
 * stay.
 *
 * @param secrets What its errors must not show.
 * @throws {InvalidRequestError} When an identifier is not a GUID, the signal is not an `AbortSignal`, a header
 * is not the caller's to set, or an option is unknown.
 */
export function startCall(
  outgoing: Outgoing,
  options: CallOptions,
  { headers: shared, secrets: known, totalTimeoutMs, runtime }: StartOptions,
  secrets: string[] = [],
): Call {
  const { rules } = outgoing;
  checkNames("call", options, names);
  const own = readHeaders(options.headers);
  const headers: Record<string, string> = {
    accept: "application/json",
    ...shared,
    ...own,
    ...outgoing.headers,
  };
  const identify = (argument: "requestId" | "correlationId", header: string) => {
    const given = outgoing.headers[header] ?? options[argument];
    if (given !== undefined) checkGuid(argument, given);
    return (headers[header] = given ?? runtime.uuid());
  };
  const { signal, onResponse } = options;
  // An AbortController in place of its signal would otherwise fail only at the end of a timer.
  if (signal && typeof signal.addEventListener !== "function") {
    throw new InvalidRequestError("signal", "must be an AbortSignal");
  }
  const requestId = identify("requestId", rules?.idempotencyHeader ?? "ms-requestid");
  const correlationId = identify("correlationId", "ms-correlationid");
  return {
    ...outgoing,
    headers,
    signal,
    onResponse,
    requestId,
    correlationId,
    state: {
      deadline: elapsed(runtime) + totalTimeoutMs,
      sentAt: 0,
      clockAhead: 0,
      token: undefined,
      headers: {},
      secrets: [...secrets, ...known, ...secretsIn(own)],
      isRenewed: false,
      isReplayed: false,
      attempts: 0,
      ambiguous: false,
      queued: false,
    },
  };
}
