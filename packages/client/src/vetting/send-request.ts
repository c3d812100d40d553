import {
  AbortedError,
  ConflictError,
  PartnerCenterError,
  ServerError,
  UnexpectedResponseError,
} from "../errors/errors.ts";
import { abortedError } from "../pipeline/aborted.ts";
import type { Call, CallOptions, WriteOptions } from "../pipeline/call.ts";
import type { Answer } from "../pipeline/send.ts";
import {
  type CustomerQualification,
  dateOf,
  readQualifications,
} from "../answers/read-qualification.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import { type Bound, sentAtOf, standing, wholeSecond } from "./bound.ts";
import { lookUp } from "./look-up.ts";

/**
 * What became of a request:
 *
 * - `created`: it was answered as carried out;
 * - `found`: its answer was lost, and the customer has the qualification, dated about when it was sent, or
 *   not dated: most likely by this request, but another administrator's of the same half hour looks the same;
 * - `alreadyPresent`: its answer was lost, and the customer has had it since before.
 */
export type Write = "created" | "found" | "alreadyPresent";

export interface Sent extends Bound {
  write: Write;
  requestId: string;
  item: CustomerQualification | undefined;
}

export interface SendOptions {
  qualification: string;
  send: (call: CallOptions) => Answer;
  look: (call: CallOptions) => Answer;
  call: WriteOptions;
  options: UnwrapOptions;
}

/**
 * Sends the request, and finds out what became of it when its answer was lost.
 *
 * @throws {PartnerCenterError} With `write: "unknown"` and a `continuation` when that cannot be said.
 */
export async function sendRequest(request: SendOptions): Promise<Sent> {
  const { qualification, send, options } = request;
  const { sentAt, ...own } = request.call;
  const answer = send(own);
  const { call } = answer;
  const { requestId, signal } = call;
  try {
    const item = await unwrap(answer, options, (body) => readOwn(body, qualification));
    return { write: "created", requestId, ...boundOf(item, call), item };
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || call.attempts === 0) throw error;
    const { status = 0 } = error;
    // Taken, although the answer cannot be read.
    if (error instanceof UnexpectedResponseError && status >= 200 && status < 300) {
      return { write: "created", requestId, ...boundOf(undefined, call), item: undefined };
    }
    // An answer of 5xx may come after the work was done, whether it is sent again or not. And an earlier
    // call may have been carried out, whatever becomes of this one.
    const ambiguous = call.ambiguous || error instanceof ServerError || sentAt !== undefined;
    const refused = error instanceof ConflictError;
    if (!ambiguous) throw error;
    const first = sentAt ?? sentAtOf(call);
    // A caller that aborts wants no more calls, but has to know what is not known.
    if (error instanceof AbortedError) throw unknownWrite(error, call, first);
    const found = await lookUp(request, call, first, refused);
    if (found) return { ...found, requestId };
    throw unknownWrite(signal?.aborted ? abortedError(call) : error, call, first);
  }
}

/** An item in review was made by this request; the date of another may be from long ago. */
function boundOf(item: CustomerQualification | undefined, call: Call): Bound {
  const dated = item?.vettingStatus === "InReview" ? dateOf(item) : undefined;
  return dated === undefined
    ? { since: sentAtOf(call), exact: false }
    : { since: wholeSecond(dated), exact: true };
}

/** The item itself, or the list that the official Swagger answers with (C3). */
function readOwn(body: unknown, qualification: string): CustomerQualification | undefined {
  const items = readQualifications(body)?.items ?? [];
  return standing(items.filter((item) => item.qualification === qualification)) ?? items[0];
}

/** The same error, which tells that the write is not known, and how to go on. */
function unknownWrite(
  error: PartnerCenterError,
  { requestId }: Call,
  sentAt: number,
): PartnerCenterError {
  return Object.assign(error, {
    write: "unknown" as const,
    continuation: { requestId, sentAt },
  });
}
