import { readDuration } from "./duration.ts";

export interface ClockSettings {
  /** `"manual"` stands still until it is moved, `"real"` and `"fast"` go by themselves. */
  mode: "real" | "manual" | "fast";
  /** Where it starts, as an ISO 8601 date; without one, at the current time. */
  now?: string;
  /** How many seconds of a fast clock pass in one second. */
  speed?: number;
}

/** Beyond the year 9999 a date is no longer written as ISO 8601 has it. */
const latest = Date.UTC(9999, 11, 31);

/**
 * The only place from which the mock learns what time it is. It goes forward only: what was decided
 * stays decided.
 */
export class Clock {
  #mode: ClockSettings["mode"] = "manual";
  #speed = 0;
  /** What it showed when it was last set, and when that was. */
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
   * Changes how it goes, what it shows, or both.
   *
   * @throws {RangeError} When it would go back, or far beyond any use, or at an impossible speed.
   */
  change({ mode, now, speed }: ClockSettings): void {
    const speedOf = { manual: 0, real: 1, fast: speed ?? 60 };
    if (!Object.hasOwn(speedOf, mode)) {
      throw new RangeError(`A clock is real, manual or fast, not "${mode}"`);
    }
    if (speed !== undefined && mode !== "fast") {
      throw new RangeError('"speed" is for a fast clock: add mode "fast"');
    }
    if (speed !== undefined && !(speed > 0 && speed <= 1e6)) {
      throw new RangeError(`A clock's speed is above 0 and at most 1000000, not ${speed}`);
    }
    const shown = this.milliseconds;
    this.#moveTo(shown, now === undefined ? shown : instant(now));
    this.#mode = mode;
    this.#speed = speedOf[mode];
  }

  /**
   * Moves the clock forward; one that goes by itself goes on from there.
   *
   * @param duration An ISO 8601 duration, for instance `P3D` or `PT90S`.
   * @throws {RangeError} When it is not one, is negative, or leads beyond the year 9999.
   */
  advance(duration: string): void {
    const shown = this.milliseconds;
    this.#moveTo(shown, readDuration(duration)(shown));
  }

  #moveTo(from: number, to: number): void {
    if (to < from) {
      const [shown, wanted] = [from, to].map((time) => new Date(time).toISOString());
      throw new RangeError(
        `The clock cannot go back from ${shown} to ${wanted}; reset starts anew`,
      );
    }
    if (to > latest) throw new RangeError("The clock cannot go beyond the year 9999");
    this.#shown = to;
    this.#setAt = performance.now();
  }
}

function instant(date: string): number {
  // Without a zone a date would mean another instant on another machine.
  const time = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(date)
    ? Date.parse(date)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(`"${date}" is not an ISO 8601 date such as 2026-11-23T09:00:00Z`);
  }
  return time;
}
