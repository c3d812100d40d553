import { parseDate } from "../dates.ts";
import type { Call } from "../pipeline/call.ts";
import { parseHttpDate } from "../pipeline/retry-after.ts";
import { type CustomerQualification, readQualifications } from "../resources/read-qualification.ts";
import { unwrap } from "../resources/unwrap.ts";
import type { Runtime } from "../runtime.ts";
import type { Sent, SendOptions } from "./send-request.ts";

/**
 * Looks whether a request whose answer was lost was carried out.
 *
 * @param sent The request.
 * @returns What was found, or `undefined` when the answer, the item or its date does not say.
 */
export async function lookUp(
  { qualification, look, options, runtime }: SendOptions,
  { signal, correlationId, sentAt }: Call,
): Promise<Omit<Sent, "requestId"> | undefined> {
  // One logical call with the request, so under its identifier for tracing.
  const answer = look({ signal, correlationId });
  const items = await unwrap(answer, options, readQualifications).catch(() => []);
  const item = items.find((candidate) => candidate.qualification === qualification);
  const dated = item && dateOf(item);
  if (!item || dated === undefined) return undefined;
  const { headers } = await answer.response;
  // Only the service's own clock can say what is older.
  const since = serviceTime(headers, sentAt, runtime);
  if (since === undefined) return undefined;
  if (dated >= since) return { write: "created", since, item };
  // A denial from before says nothing of this request.
  if (item.vettingStatus === "Denied") return undefined;
  return { write: "alreadyPresent", since: wholeSecond(dated), item };
}

/**
 * A moment of ours on the service's clock, which its `Date` tells to the second. Never later than the
 * true one: what was written at that moment must not seem older.
 */
export function serviceTime(
  headers: Headers | undefined,
  moment: number,
  runtime: Runtime,
): number | undefined {
  const date = parseHttpDate(headers?.get("date"));
  return Number.isNaN(date) ? undefined : wholeSecond(moment + date - runtime.now());
}

export function dateOf(item: CustomerQualification): number | undefined {
  return parseDate(item.vettingCreateDate)?.getTime();
}

/** What a `Date` header, or a date without a fraction, would make of it. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
