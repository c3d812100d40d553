import { milliseconds } from "../simulator/duration.ts";

export interface Rate {
  /** Number of requests that succeed at once, and again in each period. */
  requests: number;
  /** The period, as an ISO 8601 duration of half a day at most. */
  per: string;
}

export interface ThrottleSettings {
  /** For all requests of the partner. */
  partner?: Rate;
  /** For the requests about each customer. */
  customer?: Rate;
}

/** A bucket is empty for at most two periods, and the contract limits `Retry-After` to a day. */
const longestPeriod = 12 * 60 * 60 * 1000;

/** @throws {RangeError} When the period is not a duration, or exceeds half a day. */
export function checkRate({ per }: Rate): void {
  if (milliseconds(per) > longestPeriod) {
    throw new RangeError(`The period "${per}" is too long; the longest period is PT12H`);
  }
}

/**
 * A token bucket, stored as one number: the time when it is full again.
 *
 * A refused request also counts against the limit, as the throttling guide says (A30).
 */
class TokenBucket {
  readonly #perRequest: number;
  readonly #period: number;
  #fullAt = 0;

  constructor({ requests, per }: Rate) {
    this.#period = milliseconds(per);
    this.#perRequest = this.#period / requests;
  }

  /**
   * Takes a token if one is available.
   *
   * @param now The time in milliseconds.
   * @returns The milliseconds until a token is available; 0 when one was taken.
   */
  take(now: number): number {
    const after = Math.max(this.#fullAt, now) + this.#perRequest;
    const isEmpty = after - now > this.#period + 1e-6;
    // Locks out a caller that never waits for at most two periods.
    this.#fullAt = Math.min(after, now + 2 * this.#period);
    return isEmpty ? this.#fullAt + this.#perRequest - this.#period - now : 0;
  }

  isFull(now: number): boolean {
    return this.#fullAt <= now;
  }
}

/** Number of buckets above which full ones are dropped. */
const worthSweeping = 10_000;

/** Counts the partner's requests, and those about each customer. */
export class Throttle {
  readonly #partner: TokenBucket | undefined;
  readonly #rate: Rate | undefined;
  readonly #customers = new Map<string, TokenBucket>();
  #sweepAt = worthSweeping;

  constructor({ partner, customer }: ThrottleSettings) {
    this.#partner = partner && new TokenBucket(partner);
    this.#rate = customer;
  }

  /**
   * Counts a request.
   *
   * @param now The time in milliseconds.
   * @param own The customer's own rate, if it has one.
   * @returns The whole seconds until another request succeeds; 0 if this one may pass.
   */
  secondsToWait(now: number, customerId: string | undefined, own?: Rate): number {
    const partner = this.#partner?.take(now) ?? 0;
    const customer = this.#bucketOf(now, customerId, own)?.take(now) ?? 0;
    return Math.ceil(Math.max(partner, customer) / 1000);
  }

  /** Forgets the count of a customer whose rate changed. */
  forget(customerId: string): void {
    this.#customers.delete(customerId);
  }

  #bucketOf(now: number, customerId: string | undefined, own?: Rate): TokenBucket | undefined {
    const rate = own ?? this.#rate;
    if (rate === undefined || customerId === undefined) return undefined;
    let bucket = this.#customers.get(customerId);
    if (!bucket) {
      if (this.#customers.size >= this.#sweepAt) this.#sweep(now);
      bucket = new TokenBucket(rate);
      this.#customers.set(customerId, bucket);
    }
    return bucket;
  }

  /** Drops full buckets, which behave like new ones. */
  #sweep(now: number): void {
    for (const [id, bucket] of this.#customers) if (bucket.isFull(now)) this.#customers.delete(id);
    this.#sweepAt = Math.max(worthSweeping, this.#customers.size * 2);
  }
}
