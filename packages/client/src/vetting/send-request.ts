import { parseDate } from "../dates.ts";
import {
  AbortedError,
  ConflictError,
  ConnectionError,
  type FailedCall,
  PartnerCenterError,
  ServerError,
  TimeoutError,
} from "../errors/index.ts";
import { callOf } from "../pipeline/pipeline.ts";
import type { CallOptions } from "../pipeline/light-request.ts";
import {
  type CustomerQualification,
  readQualification,
  readQualifications,
} from "../resources/read-qualification.ts";
import { type TextAnswer, unwrap, type UnwrapOptions } from "../resources/unwrap.ts";
import type { Runtime } from "../runtime.ts";

/** What became of a request: written by it, or there from before. */
export type Write = "created" | "alreadyPresent";

export interface Sent {
  write: Write;
  requestId: string;
  /** When the request was first sent, by the service's own clock; milliseconds since 1970. */
  since: number;
  item: CustomerQualification | undefined;
}

interface SendOptions {
  qualification: string;
  send: (call: CallOptions) => Promise<TextAnswer>;
  look: () => Promise<TextAnswer>;
  call: CallOptions;
  options: UnwrapOptions;
  runtime: Runtime;
}

/**
 * Sends the request, and finds out what became of it when its answer was lost: `created` only if a
 * repetition was answered with 2xx, or the item is dated at or after the first sending by the
 * service's own clock; `alreadyPresent` if it is older.
 *
 * @throws {PartnerCenterError} With `write: "unknown"` when neither can be said.
 */
export async function sendRequest(request: SendOptions): Promise<Sent> {
  const { qualification, send, call, options, runtime } = request;
  const requestId = call.requestId ?? runtime.uuid();
  const startedAt = runtime.now();
  const answer = send({ ...call, requestId });
  try {
    const item = await unwrap(answer, options, (body) => readOwn(body, qualification));
    const dated = dateOf(item);
    const since =
      dated === undefined
        ? serviceTime((await answer).response, startedAt, runtime)
        : wholeSecond(dated);
    return { write: "created", requestId, since, item };
  } catch (error) {
    // Whoever aborts wants no more calls, but should know what is not known.
    if (error instanceof AbortedError && error.attempts) throw unknown(error);
    if (!(await isAmbiguous(error, answer, call))) throw error;
    const found = await lookFor(request, startedAt).catch(() => undefined);
    if (found) return { ...found, requestId };
    throw unknown(error as PartnerCenterError);
  }
}

/** Whether the request may have been carried out although it ended with an error. */
async function isAmbiguous(
  error: unknown,
  answer: Promise<TextAnswer>,
  { requestId }: CallOptions,
): Promise<boolean> {
  const lost =
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error instanceof ServerError;
  if (lost) return true;
  // "Already there", to a repetition: perhaps by the attempt, or the call, whose answer was lost.
  if (!(error instanceof ConflictError)) return false;
  return requestId !== undefined || callOf((await answer).response)?.ambiguous === true;
}

async function lookFor(
  { qualification, look, options, runtime }: SendOptions,
  startedAt: number,
): Promise<Omit<Sent, "requestId"> | undefined> {
  const answer = look();
  const items = await unwrap(answer, options, readQualifications);
  const item = items.find((candidate) => candidate.qualification === qualification);
  const { response } = await answer;
  const since = serviceTime(response, startedAt, runtime);
  const dated = item && dateOf(item);
  if (dated === undefined) return undefined;
  return { write: dated >= since ? "created" : "alreadyPresent", since, item };
}

/** The moment of the first sending on the service's clock, which `Date` tells to the second. */
function serviceTime(response: Response, startedAt: number, runtime: Runtime): number {
  const date = Date.parse(response.headers.get("date") ?? "");
  const now = runtime.now();
  const ahead = Number.isNaN(date) ? 0 : date - wholeSecond(now);
  return wholeSecond(startedAt + ahead);
}

/** What a `Date` header, or a date without a fraction, would make of it. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function dateOf(item: CustomerQualification): number | undefined {
  return parseDate(item.vettingCreateDate)?.getTime();
}

/** The item itself, or the list that the official Swagger answers with (C3). */
function readOwn(body: unknown, qualification: string): CustomerQualification | undefined {
  const listed = readQualifications(body)?.find((item) => item.qualification === qualification);
  return listed ?? readQualification(body);
}

/** The same error, which tells that the write is not known. */
function unknown(error: PartnerCenterError): PartnerCenterError {
  const { message, cause } = error;
  const Same = error.constructor as new (
    message: string,
    call: FailedCall,
    options: ErrorOptions,
  ) => PartnerCenterError;
  return new Same(message, { ...error.toSupportBundle(), write: "unknown" }, { cause });
}
