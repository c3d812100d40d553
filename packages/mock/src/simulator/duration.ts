import { DateTime, Duration } from "luxon";

/** In years. Beyond it nobody means what they wrote. */
const longest = 100;

/**
 * Reads an ISO 8601 duration.
 *
 * @returns The instant that lies so long after another, both in milliseconds since 1970. Months and years are
 *   counted on the calendar (UTC): a month after 31 January is the last day of February.
 * @throws {RangeError} When it is not a duration, is negative, or is longer than a century.
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
 * Reads an ISO 8601 duration that is as long at any time of the year.
 *
 * @throws {RangeError} Where `readDuration` does, and when it has months or years.
 */
export function milliseconds(text: string): number {
  const duration = parse(text);
  if (hasCalendarUnits(duration)) {
    throw new RangeError(
      `"${text}" has no fixed length: months and years differ. Write it in days, such as P30D`,
    );
  }
  return duration.toMillis();
}

function parse(text: string): Duration {
  // Luxon knows the decimal comma of ISO 8601 only in seconds.
  const duration = Duration.fromISO(text.replace(",", "."));
  const isNegative = Object.values(duration.toObject()).some((value) => value < 0);
  // "P" alone passes for a duration of nothing.
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

/** The same time of day, a number of days later that are neither Saturday nor Sunday (UTC). */
export function addBusinessDays(from: number, days: number): number {
  const date = new Date(from);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left--;
  }
  return date.getTime();
}
