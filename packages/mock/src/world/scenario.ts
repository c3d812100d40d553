import type { Fault } from "../faults/fault.ts";
import type { TestCustomer } from "./test-customers.ts";
import type { ThrottleSettings } from "./throttle.ts";

/** The initial state of a world. A scenario file has the same members. */
export interface Scenario {
  /**
   * `"manual"` stands still until moved; `"fast"` runs faster than real time.
   *
   * @default "real"
   */
  clock?: "real" | "manual" | "fast";
  /**
   * Start time of the clock, as an ISO 8601 date.
   *
   * @default the current time
   */
  now?: string;
  /**
   * Seconds of a fast clock per real second.
   *
   * @default 60
   */
  speed?: number;
  /**
   * Duration of a vetting, as an ISO 8601 duration.
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
   * Seed for generated identifiers, which makes them the same in every run.
   *
   * @default none: identifiers are random
   */
  seed?: number;
  /**
   * Requests beyond these rates get a 429 with the exact `Retry-After`.
   *
   * @default none: only the throttled test customer has a rate
   */
  throttle?: ThrottleSettings;
  /** Additional test customers; one with a known id replaces that customer. */
  customers?: TestCustomer[];
  /** Validation codes that replace `12345` and `67890`. */
  codes?: {
    validationId: string;
    maxCreates: number;
    /** @default maxCreates */
    remainingCreates?: number;
  }[];
  /** Injected failures. */
  faults?: Fault[];
}
