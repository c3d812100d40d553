import { Duration } from "luxon";

/** A hundred years, in milliseconds. Beyond it nobody means what they wrote. */
const longest = 3.2e12;

/**
 * @param duration An ISO 8601 duration.
 * @throws {RangeError} When it is not one, is negative, or is longer than a century.
 */
export function milliseconds(duration: string): number {
  const result = Duration.fromISO(duration).toMillis();
  // "P" alone passes for a duration of nothing.
  if (!(result >= 0 && result < longest && /\d/.test(duration))) {
    throw new RangeError(`"${duration}" is not an ISO 8601 duration such as PT30S or P3D`);
  }
  return result;
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
