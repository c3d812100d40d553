import { checkPositive } from "../check.ts";
import { longestTimer, type Runtime } from "../runtime.ts";

/** How often to look. People decide, so minutes at first and hours later. */
export interface PollInterval {
  /**
   * The wait before the second look, in milliseconds.
   *
   * @default 60_000
   */
  initialMs?: number;
  /**
   * The longest wait, in milliseconds.
   *
   * @default 3_600_000
   */
  maxMs?: number;
  /**
   * By how much each wait is longer than the one before.
   *
   * @default 1.5
   */
  factor?: number;
}

/** Never more often than this, whatever was asked for: polling counts against the limits. */
const floorMs = 1000;

/** @returns The wait before look number `looks + 1`, in milliseconds. A Retry-After wins. */
export function createSchedule(interval: PollInterval, { random }: Runtime) {
  const { initialMs = 60_000, maxMs = 3_600_000, factor = 1.5 } = interval;
  checkPositive("interval.initialMs", initialMs);
  checkPositive("interval.maxMs", maxMs);
  checkPositive("interval.factor", factor);
  return (looks: number, retryAfterMs: number | undefined): number => {
    const even = Math.min(maxMs, initialMs * factor ** (looks - 1));
    // A tenth up or down, so that many who began together do not stay together.
    const wait = retryAfterMs ?? even * (0.9 + random() * 0.2);
    return Math.min(Math.max(wait, floorMs), longestTimer);
  };
}
