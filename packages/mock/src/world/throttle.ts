import { type Rate, TokenBucket } from "./rate-limit.ts";

export interface ThrottleSettings {
  /** For all requests of the partner together. */
  partner?: Rate;
  /** For the requests about one customer. */
  customer?: Rate;
}

/** Sweeping through the buckets costs something; holding this many costs little. */
const worthSweeping = 10_000;

/** Counts the requests of the one partner, and those about each of its customers. */
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
   * @param own The customer's own rate, where it has one.
   * @returns The whole seconds after which a next one succeeds; 0 when this one may pass.
   */
  secondsToWait(now: number, customerId: string | undefined, own?: Rate): number {
    const partner = this.#partner?.take(now) ?? 0;
    const customer = this.#bucketOf(now, customerId, own)?.take(now) ?? 0;
    return Math.ceil(Math.max(partner, customer) / 1000);
  }

  /** A customer's rate has changed: what was counted is of no use. */
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

  /** A full bucket is as good as none. */
  #sweep(now: number): void {
    for (const [id, bucket] of this.#customers) if (bucket.isFull(now)) this.#customers.delete(id);
    this.#sweepAt = Math.max(worthSweeping, this.#customers.size * 2);
  }
}
