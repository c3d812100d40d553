import { parseDate } from "../dates.ts";
import { AbortedError } from "../errors/index.ts";
import { type CustomerQualification, readQualifications } from "../resources/read-qualification.ts";
import { unwrap } from "../resources/unwrap.ts";
import type { Runtime } from "../runtime.ts";
import type { Sent, SendOptions } from "./send-request.ts";

/**
 * Looks whether a request whose answer was lost was carried out.
 *
 * @param startedAt When it was first sent, by our own clock.
 * @returns What was found, or `undefined` when the answer, the item or its date does not say.
 */
export async function lookUp(
  { qualification, look, call, options, runtime }: SendOptions,
  startedAt: number,
): Promise<Omit<Sent, "requestId"> | undefined> {
  const answer = look({ signal: call.signal, correlationId: call.correlationId });
  const items = await unwrap(answer, options, readQualifications).catch((error: unknown) => {
    if (error instanceof AbortedError) throw error;
    return [];
  });
  const item = items.find((candidate) => candidate.qualification === qualification);
  const dated = item && dateOf(item);
  if (!item || dated === undefined) return undefined;
  const { response } = await answer;
  // Only the service's own clock can say what is older.
  const since = serviceTime(response, startedAt, runtime);
  if (since === undefined) return undefined;
  if (dated >= since) return { write: "created", since, item };
  // A denial from before says nothing of this request.
  if (item.vettingStatus === "Denied") return undefined;
  return { write: "alreadyPresent", since: wholeSecond(dated), item };
}

/** A moment of ours on the service's clock, which its `Date` tells to the second. */
export function serviceTime(
  response: Response,
  moment: number,
  runtime: Runtime,
): number | undefined {
  const date = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(date)) return undefined;
  return wholeSecond(moment + date - wholeSecond(runtime.now()));
}

export function dateOf(item: CustomerQualification): number | undefined {
  return parseDate(item.vettingCreateDate)?.getTime();
}

/** What a `Date` header, or a date without a fraction, would make of it. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
