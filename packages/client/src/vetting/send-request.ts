import {
  AbortedError,
  ConflictError,
  PartnerCenterError,
  ServerError,
  UnexpectedResponseError,
} from "../errors/index.ts";
import { abortedError } from "../pipeline/aborted.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Answer } from "../pipeline/send.ts";
import {
  type CustomerQualification,
  readQualification,
  readQualifications,
} from "../resources/read-qualification.ts";
import { unwrap, type UnwrapOptions } from "../resources/unwrap.ts";
import type { Runtime } from "../runtime.ts";
import { dateOf, lookUp, serviceTime, wholeSecond } from "./look-up.ts";

/** What became of a request: written by it, or there from before. */
export type Write = "created" | "alreadyPresent";

export interface Sent {
  write: Write;
  requestId: string;
  /** Answers from before this moment are not to this request; milliseconds since 1970. */
  since: number;
  item: CustomerQualification | undefined;
}

export interface SendOptions {
  qualification: string;
  send: (call: CallOptions) => Answer;
  look: (call: CallOptions) => Answer;
  call: CallOptions;
  options: UnwrapOptions;
  runtime: Runtime;
}

/**
 * Sends the request, and finds out what became of it when its answer was lost: `created` only if an
 * attempt was answered with 2xx, or the item is dated at or after the first sending by the service's
 * own clock; `alreadyPresent` if it is older.
 *
 * @throws {PartnerCenterError} With `write: "unknown"` when neither can be said.
 */
export async function sendRequest(request: SendOptions): Promise<Sent> {
  const { qualification, send, options, runtime } = request;
  const answer = send(request.call);
  const { call } = answer;
  const { requestId, signal } = call;
  try {
    const item = await unwrap(answer, options, (body) => readOwn(body, qualification));
    return { write: "created", requestId, since: await sinceOf(item, answer, runtime), item };
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || call.attempts === 0) throw error;
    const { status = 0 } = error;
    // Taken, although the answer cannot be read.
    if (error instanceof UnexpectedResponseError && status >= 200 && status < 300) {
      const since = await sinceOf(undefined, answer, runtime);
      return { write: "created", requestId, since, item: undefined };
    }
    // An answer of 5xx may come after the work was done, whether it is sent again or not.
    const ambiguous = call.ambiguous || error instanceof ServerError;
    const continued = error instanceof ConflictError && request.call.requestId !== undefined;
    // Whoever aborts wants no more calls, but should know what is not known.
    if (ambiguous && error instanceof AbortedError) throw withUnknownWrite(error);
    if (!ambiguous && !continued) throw error;
    const found = await lookUp(request, call);
    if (found && (ambiguous || found.write === "created")) return { ...found, requestId };
    if (signal?.aborted) throw withUnknownWrite(abortedError(call));
    throw ambiguous ? withUnknownWrite(error) : error;
  }
}

/** An item in review was made by this request; another may be from long ago. */
async function sinceOf(
  item: CustomerQualification | undefined,
  { call, response }: Answer,
  runtime: Runtime,
): Promise<number> {
  const dated = item?.vettingStatus === "InReview" ? dateOf(item) : undefined;
  if (dated !== undefined) return wholeSecond(dated);
  // There is none when its body was too large to be read.
  const headers = (await response.catch(() => undefined))?.headers;
  return serviceTime(headers, call.sentAt, runtime) ?? wholeSecond(call.sentAt);
}

/** The item itself, or the list that the official Swagger answers with (C3). */
function readOwn(body: unknown, qualification: string): CustomerQualification | undefined {
  const listed = readQualifications(body)?.find((item) => item.qualification === qualification);
  return listed ?? readQualification(body);
}

/** The same error, which tells that the write is not known. */
function withUnknownWrite(error: PartnerCenterError): PartnerCenterError {
  return Object.assign(error, { write: "unknown" as const });
}
