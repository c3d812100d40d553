import type { Fault } from "../faults/fault.ts";
import type { CustomerBehaviour } from "../simulator/customer-behaviour.ts";
import type { Rate } from "./rate-limit.ts";

/**
 * A customer that stands for some behaviour, like the test cards of a payment provider.
 *
 * The same members stand in a scenario file, and are described in `control.openapi.yaml`.
 */
export interface TestCustomer extends CustomerBehaviour {
  /** Its tenant id, a GUID in lower case. */
  id: string;
  /** Its behavior in a few words, as a label beside the name. */
  summary: string;
  /**
   * The name by which it is found.
   *
   * @default the name of the customer that had the id before, else `Customer` and the beginning of the id
   */
  companyName?: string;
  /** A rate of its own, also where nobody else is throttled. */
  throttle?: Rate;
  /** So many requests fail, the next one passes, and so on. */
  burst?: { status: number; length: number };
  /** What is done to its answers, every time. */
  faults?: Omit<Fault, "customerId" | "count">[];
}
