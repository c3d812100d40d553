import { type CustomerQualification, readList } from "../answers/read-qualification.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import {
  AbortedError,
  ConflictError,
  PartnerCenterError,
  ServerError,
  UnexpectedResponseError,
} from "../errors/errors.ts";
import type { Call, CallOptions, WriteOptions } from "../pipeline/call.ts";
import { abortedError } from "../pipeline/limited.ts";
import type { AuditRecord, LostRequest, Proof } from "../records/audit-record.ts";
import type { SentCall } from "../pipeline/send.ts";
import { type Bound, boundBy, isOlder, sentAtOf, standing } from "./bound.ts";

/**
 * The outcome of a request:
 *
 * - `created`: the service answered that it carried the request out;
 * - `accepted`: the response was lost, and an audit record with the request's MS-CorrelationId proves that the
 *   service accepted it;
 * - `found`: the response was lost, and the customer has the qualification without a date, or with one near
 *   the time of sending. Nothing says whether this request created it: no audit record has appeared, or there
 *   are none;
 * - `alreadyPresent`: the response was lost, and the customer has the qualification from another request: one
 *   from before, or one whose audit record has appeared while this request has none.
 */
export type Write = "created" | "accepted" | "found" | "alreadyPresent";

export interface RequestOutcome extends Bound {
  write: Write;
  /** What proves `write`, beside the response and the dates. */
  proof?: "auditRecord";
  /** The record that is the proof: who made the request that the customer's qualification results from. */
  record?: AuditRecord;
  requestId: string;
  item: CustomerQualification | undefined;
}

export interface SendOptions {
  customerId: string;
  qualification: string;
  /** Sends the POST. */
  send: (options: CallOptions) => SentCall;
  /** Lists the customer's qualifications. */
  list: (options: CallOptions) => SentCall;
  /** Finds out what the audit records prove; `undefined` where there are none. */
  prove: ((lost: LostRequest) => Promise<Proof | undefined>) | undefined;
  call: WriteOptions;
  unwrapOptions: UnwrapOptions;
}

/**
 * Sends a request, and finds out its outcome if the response was lost.
 *
 * @throws {PartnerCenterError} With `write: "unknown"` and a `continuation` if the outcome stays unknown.
 */
export async function sendRequest(request: SendOptions): Promise<RequestOutcome> {
  const { qualification, unwrapOptions } = request;
  const { sentAt, ...options } = request.call;
  const sent = request.send(options);
  const { requestId, correlationId, signal, state } = sent.call;
  const created = (item?: CustomerQualification) => ({
    write: "created" as const,
    requestId,
    item,
    since: sentAtOf(state),
    exact: false,
    // An item in review results from this request; another's date may be from long ago.
    ...(item?.vettingStatus === "InReview" && boundBy(item)),
  });
  try {
    return created(await unwrap(sent, unwrapOptions, (body) => readOwn(body, qualification)));
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || state.attempts === 0) throw error;
    const { status = 0 } = error;
    // Accepted, although the body is unreadable.
    if (error instanceof UnexpectedResponseError && status >= 200 && status < 300) return created();
    // A 5xx may follow the work, whether the client retries it or not. And the service may have carried out
    // an earlier call, whatever the result of this one.
    if (!state.ambiguous && !(error instanceof ServerError) && sentAt === undefined) throw error;
    const first = sentAt ?? sentAtOf(state);
    // A caller that aborts wants no more requests, but needs to know that the outcome is open.
    if (!(error instanceof AbortedError)) {
      let found = await lookUp(request, sent.call, first, error instanceof ConflictError);
      if (found?.write !== "alreadyPresent") {
        const { prove, customerId, call } = request;
        // Without audit records, the outcome stays as open as it is.
        const proof = await prove?.({
          ...call,
          customerId,
          qualification,
          correlationId,
          // The list may have been the first to say what the time is there.
          sentAt: sentAt ?? sentAtOf(state),
          isThere: !!found,
        }).catch(() => undefined);
        if (proof) found = { since: first, exact: false, item: undefined, ...found, ...proof };
      }
      if (found) return { ...found, requestId };
    }
    throw Object.assign(signal?.aborted ? abortedError(sent.call) : error, {
      write: "unknown" as const,
      continuation: { requestId, correlationId, sentAt: first },
    });
  }
}

/**
 * Lists the qualifications to find out whether the service carried out a request.
 *
 * @param sentAt When it was first sent, by the service's clock.
 * @param refused Whether the service answered that the qualification exists. Otherwise a denial proves
 * nothing if the clocks leave open whether it came before the request.
 * @returns `undefined` when the list leaves the outcome open.
 */
async function lookUp(
  { qualification, list, unwrapOptions, call }: SendOptions,
  { correlationId, state }: Call,
  sentAt: number,
  refused: boolean,
): Promise<Omit<RequestOutcome, "requestId"> | undefined> {
  // The same logical operation for the caller, so it has the same identifier for tracing.
  const { signal, headers, onResponse } = call;
  const sent = list({ signal, headers, onResponse, correlationId });
  const read = await unwrap(sent, unwrapOptions, readList).catch(() => undefined);
  // This may be the first response with the service's time.
  const ahead = state.clockAhead === 0 ? sent.call.state.clockAhead : 0;
  state.clockAhead += ahead;
  const bound: Bound = { since: sentAt + ahead, exact: false };
  const item = standing(
    (read?.items ?? []).filter(
      (one) =>
        one.qualification === qualification &&
        (one.vettingStatus !== "Denied" || !(isOlder(one, bound) ?? !refused)),
    ),
  );
  return (
    item && {
      write: isOlder(item, bound) ? "alreadyPresent" : "found",
      ...bound,
      ...(item.vettingStatus !== "Denied" && boundBy(item)),
      item,
    }
  );
}

/** Returns the item of a response, or of the list that the official Swagger documents (C3). */
function readOwn(body: unknown, qualification: string): CustomerQualification | undefined {
  const items = readList(body)?.items ?? [];
  return standing(items.filter((item) => item.qualification === qualification)) ?? items[0];
}
