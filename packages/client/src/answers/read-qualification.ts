import { parseDate } from "./dates.ts";
import type { components } from "../generated/schemas.ts";
import { plausible } from "../pipeline/retry-after.ts";

/** One thing that a customer is recognized as, or is being vetted for. */
export type CustomerQualification = components["schemas"]["CustomerQualification"];

/** A list, as far as it could be read. */
export interface ReadList {
  items: CustomerQualification[];
  /** How many members were none. */
  unreadable: number;
}

const bySmallName = (names: string[]) =>
  new Map(names.flatMap((name) => [[name, name] as const, [name.toLowerCase(), name] as const]));

const members = bySmallName([
  "qualification",
  "vettingStatus",
  "vettingReason",
  "vettingCreateDate",
]);
// The guides spell the date's name in two ways (C1).
members.set("vettingcreateddate", "vettingCreateDate");

const values = bySmallName([
  "None",
  "Education",
  "Nonprofit",
  "GovernmentCommunityCloud",
  "StateOwnedEntity",
  "InReview",
  "Approved",
  "Denied",
]);

/** The contract's own spelling of a name in any case; one that it does not have stays as it is. */
const spell = (known: Map<string, string>, text: string): string =>
  known.get(text) ?? known.get(text.toLowerCase()) ?? text;

/**
 * The guides answer with a bare array, an early one and the official Swagger wrap it (C4). Any wrapper
 * will do, as long as it holds one list, or a single item.
 *
 * @returns `undefined` when there is no list, or nothing in it can be read.
 */
export function readQualifications(body: unknown, depth = 3): ReadList | undefined {
  if (Array.isArray(body)) {
    const items = body.map(readQualification).filter((item) => item !== undefined);
    const unreadable = body.length - items.length;
    return items.length === 0 && unreadable > 0 ? undefined : { items, unreadable };
  }
  const single = readQualification(body);
  if (single) return { items: [single], unreadable: 0 };
  if (typeof body !== "object" || body === null || depth === 0) return undefined;
  const inside = Object.values(body)
    .map((value) => readQualifications(value, depth - 1))
    .filter((list) => list !== undefined);
  return (
    inside.find(({ items }) => items.length > 0) ?? (inside.length === 1 ? inside[0] : undefined)
  );
}

/** An item, with the names and values of the contract in its own spelling, and all others as they came. */
export function readQualification(item: unknown): CustomerQualification | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    const own = spell(members, name);
    const isKnown = own === "qualification" || own === "vettingStatus";
    read[own] = isKnown && typeof value === "string" ? spell(values, value) : value;
  }
  const { qualification } = read;
  return typeof qualification === "string" && qualification !== ""
    ? (read as CustomerQualification)
    : undefined;
}

/** When an item says that it was asked for; `undefined` when it does not, or not plausibly. */
export function dateOf(item: CustomerQualification): number | undefined {
  const { vettingCreateDate } = item;
  const date =
    typeof vettingCreateDate === "string" ? parseDate(vettingCreateDate.trim()) : undefined;
  return (date && plausible(date.getTime())) || undefined;
}
