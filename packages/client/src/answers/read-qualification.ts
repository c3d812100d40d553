import type { Schema } from "../generated/schemas.ts";
import { plausible } from "../pipeline/retry-after.ts";
import { parseDate } from "./dates.ts";

/** One qualification of a customer, recognized or being vetted. */
export interface CustomerQualification extends Schema<"CustomerQualification"> {}

/** The readable part of a list. */
export interface ReadList {
  items: CustomerQualification[];
  /** How many members are not qualifications. */
  unreadable: number;
}

/** The contract's spelling of names and values, which match in any case. */
const members = "qualification vettingStatus vettingReason vettingCreateDate".split(" ");
const values =
  "None Education Nonprofit GovernmentCommunityCloud StateOwnedEntity InReview Approved Denied".split(
    " ",
  );

/** Returns the contract's spelling of a known text, and any other unchanged. */
const spell = (known: string[], text: string): string =>
  known.includes(text)
    ? text
    : (known.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text);

/**
 * Reads a list of qualifications. The guides show a bare array; an early one and the official Swagger wrap it
 * (C4). Any wrapper is accepted if it holds one list, or a single item.
 *
 * @returns `undefined` when there is no list, or none of its members is readable.
 */
export function readList(body: unknown, depth = 3): ReadList | undefined {
  if (Array.isArray(body)) {
    const items = body.map(readItem).filter((item) => item !== undefined);
    const unreadable = body.length - items.length;
    return items.length === 0 && unreadable > 0 ? undefined : { items, unreadable };
  }
  const single = readItem(body);
  if (single) return { items: [single], unreadable: 0 };
  if (typeof body !== "object" || body === null || depth === 0) return undefined;
  const inside = Object.values(body)
    .map((value) => readList(value, depth - 1))
    .filter((list) => list !== undefined);
  return (
    inside.find(({ items }) => items.length > 0) ?? (inside.length === 1 ? inside[0] : undefined)
  );
}

/** Returns an item with known names and values in the contract's spelling, and all others unchanged. */
function readItem(item: unknown): CustomerQualification | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    // The guides spell the date's name in two ways (C1).
    const own = spell(members, /^vettingCreatedDate$/i.test(name) ? members[3]! : name);
    const isKnown = own === members[0] || own === members[1];
    read[own] = isKnown && typeof value === "string" ? spell(values, value) : value;
  }
  const { qualification } = read;
  return qualification && typeof qualification === "string"
    ? (read as CustomerQualification)
    : undefined;
}

/**
 * Returns the date of an item's request.
 *
 * @returns Milliseconds since 1970; `undefined` if the item has no date, or not a plausible one.
 */
export function dateOf({ vettingCreateDate }: CustomerQualification): number | undefined {
  const date =
    typeof vettingCreateDate === "string" ? parseDate(vettingCreateDate.trim()) : undefined;
  return (date && plausible(date.getTime())) || undefined;
}
