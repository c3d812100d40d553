import type { Fault } from "../faults/fault.ts";
import type { TestCustomer } from "./test-customers.ts";
import type { ThrottleSettings } from "./throttle.ts";

/** The initial state of a world. A scenario file has the same members. */
export interface Scenario {
  /**
   * `"manual"` stands still until it is moved; `"fast"` runs faster than real time.
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
   * How long after a request its audit record appears, as an ISO 8601 duration of the mock's clock.
   *
   * @default "PT5S" (assumption A33)
   */
  auditDelay?: string;
  /**
   * Makes the generated identifiers the same in every run.
   *
   * @default none, they are random
   */
  seed?: number;
  /**
   * Requests beyond these rates get a 429 with the exact `Retry-After`.
   *
   * @default none; only the test customer for throttling is throttled
   */
  throttle?: ThrottleSettings;
  /** More test customers; one with a known id replaces that customer. */
  customers?: TestCustomer[];
  /** The partner's validation codes in place of `12345` and `67890`. */
  codes?: {
    validationId: string;
    maxCreates: number;
    /** @default maxCreates */
    remainingCreates?: number;
  }[];
  /** Injected failures, each as often as its `count` says. */
  faults?: Fault[];
}
