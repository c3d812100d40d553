import { readDuration } from "./duration.ts";

export interface ClockSettings {
  /** `"manual"` stands still until moved; `"real"` and `"fast"` run by themselves. */
  mode: "real" | "manual" | "fast";
  /** Start time, as an ISO 8601 date; by default, the current time. */
  now?: string;
  /** Seconds of a fast clock per real second. */
  speed?: number;
}

/** The last date with a four-digit year, as ISO 8601 requires. */
const latest = Date.UTC(9999, 11, 31);

/**
 * The only source of time in the mock. It never goes back, so decisions stay decided.
 */
export class Clock {
  #mode: ClockSettings["mode"] = "manual";
  #speed = 0;
  /** The time when it was last set, and when that was. */
  #shown: number;
  #setAt = performance.now();

  constructor({ now, ...rest }: ClockSettings) {
    this.#shown = now === undefined ? Date.now() : instant(now);
    this.change(rest);
  }

  get mode(): ClockSettings["mode"] {
    return this.#mode;
  }

  get speed(): number {
    return this.#speed;
  }

  /** The time in milliseconds since 1970. */
  get milliseconds(): number {
    // The machine's own clock may be set back; this time cannot.
    return Math.floor(this.#shown + (performance.now() - this.#setAt) * this.#speed);
  }

  now(): Date {
    return new Date(this.milliseconds);
  }

  /**
   * Changes its mode, its time, or both.
   *
   * @throws {RangeError} When it would go back, the date is too far in the future, or the speed is
   * invalid.
   */
  change({ mode, now, speed }: ClockSettings): void {
    const speedOf = { manual: 0, real: 1, fast: speed ?? 60 };
    if (!Object.hasOwn(speedOf, mode)) {
      throw new RangeError(`The clock must be real, manual or fast, not "${mode}"`);
    }
    if (speed !== undefined && mode !== "fast") {
      throw new RangeError('"speed" needs a fast clock: add mode "fast"');
    }
    if (speed !== undefined && !(speed > 0 && speed <= 1e6)) {
      throw new RangeError(`The clock's speed must be above 0 and at most 1000000, not ${speed}`);
    }
    const shown = this.milliseconds;
    this.#moveTo(shown, now === undefined ? shown : instant(now));
    this.#mode = mode;
    this.#speed = speedOf[mode];
  }

  /**
   * Moves the clock forward; a running clock continues from there.
   *
   * @param duration An ISO 8601 duration, such as `P3D` or `PT90S`.
   * @throws {RangeError} When it is not a duration, is negative, or ends after the year 9999.
   */
  advance(duration: string): void {
    const shown = this.milliseconds;
    this.#moveTo(shown, readDuration(duration)(shown));
  }

  #moveTo(from: number, to: number): void {
    if (to < from) {
      const [shown, wanted] = [from, to].map((time) => new Date(time).toISOString());
      throw new RangeError(
        `The clock cannot go back from ${shown} to ${wanted}; reset the mock to start over`,
      );
    }
    if (to > latest) throw new RangeError("The clock cannot go beyond the year 9999");
    this.#shown = to;
    this.#setAt = performance.now();
  }
}

function instant(date: string): number {
  // Without a zone, a date would depend on the machine.
  const time = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(date)
    ? Date.parse(date)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(`"${date}" is not an ISO 8601 date such as 2026-11-23T09:00:00Z`);
  }
  return time;
}
