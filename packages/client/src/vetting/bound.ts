import { type CustomerQualification, dateOf } from "../answers/read-qualification.ts";
import type { CallState } from "../pipeline/call.ts";

/** The earliest date of an item that can result from a request. */
export interface Bound {
  /** Milliseconds since 1970. */
  since: number;
  /** Whether that is the item's own date, so that only one clock is involved. */
  exact: boolean;
}

/**
 * How far the clocks of client, gateway and service may differ in all: a quarter of an hour each. `Date` and
 * the time of sending are whole seconds, which costs up to two more.
 */
const skewMs = 30 * 60_000 + 2000;

/** Returns when a call was first sent, by the service's clock if it is known. */
export const sentAtOf = ({ sentAt, clockAhead }: CallState): number =>
  wholeSecond(sentAt + clockAhead);

/**
 * Returns whether an item dates from before a request.
 *
 * @returns `undefined` when the item has no date, or the clocks leave it open.
 */
export function isOlder(item: CustomerQualification, { since, exact }: Bound): boolean | undefined {
  const date = dateOf(item);
  return date === undefined || (!exact && Math.abs(date - since) <= skewMs)
    ? undefined
    : date < since;
}

/** Returns the current one of several items of a kind: the one in review, or else the newest. */
export function standing(items: CustomerQualification[]): CustomerQualification | undefined {
  let found: CustomerQualification | undefined;
  for (const item of items) {
    if (!found || rank(item) > rank(found)) found = item;
  }
  return found;
}

const rank = (item: CustomerQualification): number =>
  item.vettingStatus === "InReview" ? Infinity : (dateOf(item) ?? 0);

/** Returns the bound that follows from an item's date, if it dates from the request. */
export function boundBy(item: CustomerQualification | undefined): Bound | undefined {
  const date = item && dateOf(item);
  return date === undefined ? undefined : { since: wholeSecond(date), exact: true };
}

/** Some dates have a fraction and some do not. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
