import { checkNames, checkPositive } from "../check.ts";
import { longestTimer, type Runtime } from "../runtime.ts";

/** The waits between polls. People review, so minutes at first and hours later. */
export interface PollInterval {
  /**
   * The wait before the second poll, in milliseconds.
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
   * The ratio of each wait to the one before.
   *
   * @default 1.5
   */
  factor?: number | undefined;
}

/** The shortest wait, whatever the options say: polling counts against the limits. */
const leastMs = 1000;
/** The longest Retry-After that counts: one of years is a mistake of the service. */
const mostMs = 24 * 3_600_000;

/**
 * Returns a function that returns the wait after a poll, in milliseconds: at least the Retry-After, up to a
 * day.
 *
 * @throws {InvalidRequestError} When a member of the interval is unknown or not a positive number.
 */
export function createSchedule(interval: PollInterval, { random }: Runtime) {
  const { initialMs = 60_000, maxMs = 3_600_000, factor = 1.5 } = interval;
  checkNames("interval", interval, ["initialMs", "maxMs", "factor"]);
  checkPositive("interval.initialMs", initialMs);
  checkPositive("interval.maxMs", maxMs);
  checkPositive("interval.factor", factor);
  return (polls: number, retryAfterMs = 0): number => {
    const even = Math.min(maxMs, initialMs * factor ** (polls - 1));
    // A tenth up or down, so that programs that started together drift apart.
    const wait = even * (0.9 + random() * 0.2);
    const wanted = Math.min(retryAfterMs, mostMs) * (1 + random() / 10);
    return Math.min(Math.max(wait, wanted, leastMs), longestTimer);
  };
}
