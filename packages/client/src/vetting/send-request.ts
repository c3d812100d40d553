import {
  AbortedError,
  ConflictError,
  ConnectionError,
  type FailedCall,
  PartnerCenterError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
} from "../errors/index.ts";
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
  send: (call: CallOptions) => Promise<Answer>;
  look: (call: CallOptions) => Promise<Answer>;
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
  const requestId = request.call.requestId ?? runtime.uuid();
  // One logical call, the look included.
  const correlationId = request.call.correlationId ?? runtime.uuid();
  const call = { ...request.call, requestId, correlationId };
  const startedAt = runtime.now();
  const answer = send(call);
  try {
    const item = await unwrap(answer, options, (body) => readOwn(body, qualification));
    const since = await sinceOf(item, answer, startedAt, runtime);
    return { write: "created", requestId, since, item };
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || !error.attempts) throw error;
    // Taken, although the answer cannot be read.
    if (error instanceof UnexpectedResponseError && (error.status ?? 0) < 300) {
      const since = await sinceOf(undefined, answer, startedAt, runtime);
      return { write: "created", requestId, since, item: undefined };
    }
    // Whoever aborts wants no more calls, but should know what is not known.
    if (error instanceof AbortedError) throw withUnknownWrite(error);
    const ambiguous = await isAmbiguous(error, answer);
    const continued = error instanceof ConflictError && request.call.requestId !== undefined;
    if (!ambiguous && !continued) throw error;
    const found = await lookUp({ ...request, call }, startedAt);
    if (found && (ambiguous || found.write === "created")) return { ...found, requestId };
    throw ambiguous ? withUnknownWrite(error) : error;
  }
}

/** Whether the request may have been carried out although it ended with an error. */
async function isAmbiguous(error: unknown, answer: Promise<Answer>): Promise<boolean> {
  const lost =
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error instanceof ServerError;
  if (lost) return true;
  // Refused, but perhaps a repetition of what was carried out.
  const last = await answer.catch(() => undefined);
  return last?.call.ambiguous ?? false;
}

/** An item in review was made by this request; another may be from long ago. */
async function sinceOf(
  item: CustomerQualification | undefined,
  answer: Promise<Answer>,
  startedAt: number,
  runtime: Runtime,
): Promise<number> {
  const dated = item?.vettingStatus === "InReview" ? dateOf(item) : undefined;
  if (dated !== undefined) return wholeSecond(dated);
  const { response } = await answer;
  return serviceTime(response, startedAt, runtime) ?? wholeSecond(startedAt);
}

/** The item itself, or the list that the official Swagger answers with (C3). */
function readOwn(body: unknown, qualification: string): CustomerQualification | undefined {
  const listed = readQualifications(body)?.find((item) => item.qualification === qualification);
  return listed ?? readQualification(body);
}

/** The same error, which tells that the write is not known. */
function withUnknownWrite(error: PartnerCenterError): PartnerCenterError {
  const { message, cause } = error;
  const Same = error.constructor as new (
    message: string,
    call: FailedCall,
    options: ErrorOptions,
  ) => PartnerCenterError;
  return new Same(message, { ...error.toSupportBundle(), write: "unknown" }, { cause });
}
