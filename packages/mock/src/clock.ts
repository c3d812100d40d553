import { Duration } from "luxon";

/** The only place from which the mock learns what time it is. */
export interface Clock {
  now(): Date;
}

export const realClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** @param duration An ISO 8601 duration, for instance `P3D` or `PT90S`. */
  advance(duration: string): void {
    this.#now += milliseconds(duration);
  }
}

/** A hundred years, in milliseconds. Beyond it nobody means what they wrote. */
const longest = 3.2e12;

/**
 * @param duration An ISO 8601 duration.
 * @throws {RangeError} When it is not one, is negative, or is longer than a century.
 */
export function milliseconds(duration: string): number {
  const result = Duration.fromISO(duration).toMillis();
  if (!(result >= 0 && result < longest)) {
    throw new RangeError(`"${duration}" is not an ISO 8601 duration such as PT30S or P3D`);
  }
  return result;
}

/** The same time of day, a number of days later that are neither Saturday nor Sunday (UTC). */
export function addBusinessDays(from: Date, days: number): Date {
  const date = new Date(from);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left--;
  }
  return date;
}
