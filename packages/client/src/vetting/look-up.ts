import type { Call } from "../pipeline/call.ts";
import { dateOf, readQualifications } from "../answers/read-qualification.ts";
import { unwrap } from "../answers/unwrap.ts";
import { type Bound, isOlder, standing, wholeSecond } from "./bound.ts";
import type { Sent, SendOptions } from "./send-request.ts";

/**
 * Looks whether a request whose answer was lost was carried out.
 *
 * @param sentAt When it was first sent, on the service's clock.
 * @param refused Whether the service has refused to do it twice. Without that, a denial so close to the
 * request that the clocks do not tell which came first proves nothing.
 * @returns What was found, or `undefined` when the list does not say.
 */
export async function lookUp(
  { qualification, look, options }: SendOptions,
  { signal, correlationId, clockAhead }: Call,
  sentAt: number,
  refused: boolean,
): Promise<Omit<Sent, "requestId"> | undefined> {
  // One logical call with the request, so under its identifier for tracing.
  const answer = look({ signal, correlationId });
  const list = await unwrap(answer, options, readQualifications).catch(() => undefined);
  // The service may have told its time only now.
  const ahead = clockAhead === 0 ? answer.call.clockAhead : 0;
  const bound: Bound = { since: sentAt + ahead, exact: false };
  const item = standing(
    (list?.items ?? []).filter(
      (one) =>
        one.qualification === qualification &&
        (one.vettingStatus !== "Denied" || !(isOlder(one, bound) ?? !refused)),
    ),
  );
  if (!item) return undefined;
  const write = isOlder(item, bound) ? "alreadyPresent" : "found";
  const date = item.vettingStatus === "Denied" ? undefined : dateOf(item);
  return date === undefined
    ? { write, ...bound, item }
    : { write, since: wholeSecond(date), exact: true, item };
}
