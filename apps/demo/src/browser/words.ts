import { parseDate } from "@partner-qualifications/client";

const names: Record<string, string> = {
  GovernmentCommunityCloud: "Government Community Cloud",
  StateOwnedEntity: "State-owned entity",
  InReview: "In review",
};

/** Returns a value of the contract in words. An unknown value stays as it is. */
export function nameOf(value: string): string {
  return names[value] ?? value;
}

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/**
 * Returns the time between two dates in words, such as `3 days`.
 *
 * @returns `undefined` if it is less than a second, or a date is unreadable.
 */
export function elapsed(from: string | undefined, to: string | undefined): string | undefined {
  const [start, end] = [parseDate(from), parseDate(to)];
  if (!start || !end) return undefined;
  const seconds = (end.getTime() - start.getTime()) / 1000;
  const [unit, size] = units.find(([, one]) => seconds >= one) ?? [];
  if (!unit) return undefined;
  const format = new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.floor(seconds / size));
}
