import { DateTime, Duration } from "luxon";

/** In years. A longer duration is surely a mistake. */
const longest = 100;

/**
 * Reads an ISO 8601 duration.
 *
 * @returns The end of the duration after a start, both in milliseconds since 1970. Months and years
 * follow the calendar (UTC): a month after 31 January is the last day of February.
 * @throws {RangeError} When it is not a duration, is negative, or exceeds a century.
 */
export function readDuration(text: string): (start: number) => number {
  const duration = parse(text);
  if (!hasCalendarUnits(duration)) {
    const fixed = duration.toMillis();
    return (start) => start + fixed;
  }
  return (start) => DateTime.fromMillis(start, { zone: "utc" }).plus(duration).toMillis();
}

/**
 * Reads an ISO 8601 duration of fixed length.
 *
 * @throws {RangeError} As `readDuration`, and for months or years.
 */
export function milliseconds(text: string): number {
  const duration = parse(text);
  if (hasCalendarUnits(duration)) {
    throw new RangeError(
      `"${text}" has no fixed length, because months and years differ. Use days, such as P30D`,
    );
  }
  return duration.toMillis();
}

function parse(text: string): Duration {
  // Luxon accepts ISO 8601's decimal comma only in seconds.
  const duration = Duration.fromISO(text.replace(",", "."));
  const isNegative = Object.values(duration.toObject()).some((value) => value < 0);
  // Luxon accepts "P" alone as an empty duration.
  if (!duration.isValid || isNegative || !/\d$|\d[A-Z]$/.test(text)) {
    throw new RangeError(`"${text}" is not an ISO 8601 duration such as PT30S or P3D`);
  }
  if (duration.as("years") > longest) {
    throw new RangeError(`"${text}" is too long; the longest duration is ${longest} years`);
  }
  return duration;
}

function hasCalendarUnits({ years, months }: Duration): boolean {
  return years !== 0 || months !== 0;
}

/** Returns the same time of day a number of business days later (UTC). */
export function addBusinessDays(from: number, days: number): number {
  const date = new Date(from);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left--;
  }
  return date.getTime();
}
