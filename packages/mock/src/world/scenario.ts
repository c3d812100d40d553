import type { Fault } from "../faults/fault.ts";
import type { ThrottleSettings } from "./throttle.ts";
import type { TestCustomer } from "./test-customer.ts";

/** What a world begins with. All of it can stand in a scenario file. */
export interface Scenario {
  /**
   * `"manual"` stands still until it is moved; `"fast"` goes by itself, faster.
   *
   * @default "real"
   */
  clock?: "real" | "manual" | "fast";
  /**
   * Where the clock starts, as an ISO 8601 date.
   *
   * @default the current time
   */
  now?: string;
  /**
   * How many seconds of a fast clock pass in one second.
   *
   * @default 60
   */
  speed?: number;
  /**
   * How long a vetting takes, as an ISO 8601 duration.
   *
   * @default three business days (assumption A14)
   */
  reviewTime?: string;
  /**
   * With it, the identifiers that callers leave out are the same again.
   *
   * @default none, they are random
   */
  seed?: number;
  /**
   * Beyond these rates requests are answered with 429 and a `Retry-After` that is true.
   *
   * @default none, nobody is throttled but the test customer that stands for it
   */
  throttle?: ThrottleSettings;
  /** More test customers, or others in place of those with the same id. */
  customers?: TestCustomer[];
  /** The partner's validation codes in place of `12345` and `67890`. */
  codes?: {
    validationId: string;
    maxCreates: number;
    /** @default maxCreates */
    remainingCreates?: number;
  }[];
  /** What goes wrong, once each or as often as its count says. */
  faults?: Fault[];
}
