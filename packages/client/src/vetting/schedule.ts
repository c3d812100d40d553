import { checkNames, checkPositive } from "../check.ts";
import { longestTimer, type Runtime } from "../runtime.ts";

/** How often to look. People decide, so minutes at first and hours later. */
export interface PollInterval {
  /**
   * The wait before the second look, in milliseconds.
   *
   * @default 60_000
   */
  initialMs?: number | undefined;
  /**
   * The longest wait, in milliseconds.
   *
   * @default 3_600_000
   */
  maxMs?: number | undefined;
  /**
   * By how much each wait is longer than the one before.
   *
   * @default 1.5
   */
  factor?: number | undefined;
}

/** Never more often than this, whatever was asked for: polling counts against the limits. */
const floorMs = 1000;
/** Nor later: a `Retry-After` of years is a mistake of the service. */
const mostMs = 24 * 3_600_000;

/** @returns The wait before look number `looks + 1`, in milliseconds; never less than a Retry-After of a day. */
export function createSchedule(interval: PollInterval, { random }: Runtime) {
  const { initialMs = 60_000, maxMs = 3_600_000, factor = 1.5 } = interval;
  checkNames("interval", interval, ["initialMs", "maxMs", "factor"]);
  checkPositive("interval.initialMs", initialMs);
  checkPositive("interval.maxMs", maxMs);
  checkPositive("interval.factor", factor);
  return (looks: number, retryAfterMs: number | undefined): number => {
    const even = Math.min(maxMs, initialMs * factor ** (looks - 1));
    // A tenth up or down, so that many who began together do not stay together.
    const wait = even * (0.9 + random() * 0.2);
    const wanted = Math.min(retryAfterMs ?? 0, mostMs) * (1 + random() / 10);
    return Math.min(Math.max(wait, wanted, floorMs), longestTimer);
  };
}
