import { milliseconds } from "../simulator/duration.ts";

export interface Rate {
  /** How many requests may come at once, and then again over each period. */
  requests: number;
  /** The period, as an ISO 8601 duration of half a day at most. */
  per: string;
}

/** A bucket is empty for two periods at most, and the contract's `Retry-After` has a day at most. */
const longestPeriod = 12 * 60 * 60 * 1000;

/** @throws {RangeError} When the period is not a duration, or is longer than half a day. */
export function checkRate({ per }: Rate): void {
  if (milliseconds(per) > longestPeriod) {
    throw new RangeError(
      `The period "${per}" is longer than PT12H, the longest that can be throttled`,
    );
  }
}

/**
 * A token bucket, kept as one number: when it will be full again.
 *
 * A request that is refused counts against the limit too, as the throttling guide has it (A30).
 */
export class TokenBucket {
  readonly #perRequest: number;
  readonly #period: number;
  #fullAt = 0;

  constructor({ requests, per }: Rate) {
    this.#period = milliseconds(per);
    this.#perRequest = this.#period / requests;
  }

  /**
   * Takes a token.
   *
   * @param now The time in milliseconds.
   * @returns How many milliseconds to wait until one can be had; 0 when one was had.
   */
  take(now: number): number {
    const after = Math.max(this.#fullAt, now) + this.#perRequest;
    const isEmpty = after - now > this.#period + 1e-6;
    // Who does not stop asking is not locked out for longer than two periods.
    this.#fullAt = Math.min(after, now + 2 * this.#period);
    return isEmpty ? this.#fullAt + this.#perRequest - this.#period - now : 0;
  }

  isFull(now: number): boolean {
    return this.#fullAt <= now;
  }
}
