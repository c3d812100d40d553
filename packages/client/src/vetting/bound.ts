import type { Call } from "../pipeline/call.ts";
import { type CustomerQualification, dateOf } from "../answers/read-qualification.ts";

/** From when on an item can be the answer to a request. */
export interface Bound {
  /** Milliseconds since 1970. */
  since: number;
  /** Whether that is the item's own date, so that only the same clock is compared with itself. */
  exact: boolean;
}

/**
 * How far the clocks of client, gateway and service may be apart: a quarter of an hour each. `Date` and
 * the time of sending are whole seconds, so up to two more are lost.
 */
export const skewMs = 30 * 60_000 + 2000;

/** When a call was first sent, on the service's clock as far as its answers have told it. */
export function sentAtOf({ sentAt, clockAhead }: Call): number {
  return wholeSecond(sentAt + clockAhead);
}

/**
 * Whether an item is from before a request.
 *
 * @returns `undefined` when the clocks are too close to say.
 */
export function isOlder(item: CustomerQualification, { since, exact }: Bound): boolean | undefined {
  const date = dateOf(item);
  if (date === undefined) return undefined;
  if (exact) return date < since;
  return Math.abs(date - since) <= skewMs ? undefined : date < since;
}

/** Of several items of a kind the one that stands: what is in review, or else the newest. */
export function standing(items: CustomerQualification[]): CustomerQualification | undefined {
  let found: CustomerQualification | undefined;
  for (const item of items) {
    if (!found || rank(item) > rank(found)) found = item;
  }
  return found;
}

function rank(item: CustomerQualification): number {
  return item.vettingStatus === "InReview" ? Number.POSITIVE_INFINITY : (dateOf(item) ?? 0);
}

/** Dates are written with and without a fraction. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
