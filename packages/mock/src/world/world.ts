import { Faults } from "../faults/pending-faults.ts";
import { Journal } from "./journal.ts";
import { RememberedAnswers } from "./remembered-outcomes.ts";
import type { Scenario } from "./scenario.ts";
import { Clock } from "../simulator/clock.ts";
import { defaultName, firstCustomers, type ListedCustomer } from "../simulator/customers.ts";
import { addBusinessDays, milliseconds, readDuration } from "../simulator/duration.ts";
import { identifiers } from "./identifiers.ts";
import { checkRate } from "./rate-limit.ts";
import { Simulator } from "../simulator/simulator.ts";
import { Throttle } from "./throttle.ts";
import { validationCode } from "../simulator/validation-codes.ts";
import type { TestCustomer } from "./test-customer.ts";
import { testCustomers } from "./test-customers.ts";

/** Everything that a mock remembers. Nothing of it is shared with another mock. */
export interface World {
  clock: Clock;
  simulator: Simulator;
  /** The customers that a list has. */
  customers: readonly ListedCustomer[];
  testCustomers: readonly TestCustomer[];
  behaviourOf(customerId: string): Partial<TestCustomer>;
  /** @throws {RangeError} When a duration is impossible. */
  setTestCustomer(customer: TestCustomer): void;
  throttle: Throttle;
  remembered: RememberedAnswers;
  faults: Faults;
  journal: Journal;
  /** Makes an identifier that a caller left out. */
  identifier: () => string;
}

/**
 * Creates a world from a scenario.
 *
 * @param journalSize How many exchanges its journal keeps.
 * @throws {RangeError} When a date, a duration, a speed or the size is impossible.
 */
export function createWorld(scenario: Scenario, journalSize?: number): World {
  const { clock: mode = "real", now, speed, reviewTime } = scenario;
  const clock = new Clock({ mode, ...(now && { now }), ...(speed && { speed }) });
  const byId = new Map(
    [...testCustomers, ...(scenario.customers ?? [])].map((one) => [one.id.toLowerCase(), one]),
  );
  for (const customer of byId.values()) checkDurations(customer);
  const { customer: customerRate } = scenario.throttle ?? {};
  if (customerRate) checkDurations({ throttle: customerRate });
  const behaviourOf = (customerId: string) => byId.get(customerId) ?? {};
  const faults = new Faults(behaviourOf);
  faults.add(...(scenario.faults ?? []));

  const simulator = new Simulator({
    clock,
    vettingEnds: reviewTime === undefined ? threeBusinessDays : readDuration(reviewTime),
    behaviourOf,
    codes: scenario.codes?.map(({ validationId, maxCreates, remainingCreates = maxCreates }) =>
      validationCode(validationId, maxCreates, remainingCreates),
    ),
  });
  for (const rate of Object.values(scenario.throttle ?? {})) checkRate(rate);
  const throttle = new Throttle(scenario.throttle ?? {});

  return {
    clock,
    simulator,
    customers: listedCustomers([...byId.values()]),
    testCustomers: [...byId.values()],
    behaviourOf,
    setTestCustomer(customer) {
      checkDurations(customer);
      const id = customer.id.toLowerCase();
      byId.set(id, customer);
      this.testCustomers = [...byId.values()];
      this.customers = listedCustomers(this.testCustomers);
      throttle.forget(id);
      simulator.reconsider(id);
    },
    throttle,
    remembered: new RememberedAnswers(),
    faults,
    journal: new Journal(journalSize),
    identifier: identifiers(scenario.seed),
  };
}

/** A14 */
function threeBusinessDays(start: number): number {
  return addBusinessDays(start, 3);
}

/** Validates durations up front, not on the first request that needs them. */
function checkDurations({
  revokedAfter,
  throttle,
  faults = [],
}: Pick<TestCustomer, "revokedAfter" | "throttle" | "faults">): void {
  if (revokedAfter !== undefined) readDuration(revokedAfter);
  if (throttle) checkRate(throttle);
  const fixed = faults.map(({ delay }) => delay);
  for (const duration of fixed) if (duration !== undefined) milliseconds(duration);
}

const namesFromTheStart = new Map(
  [...firstCustomers, ...testCustomers].map(({ id, companyName }) => [id, companyName]),
);

/** The name of a customer that was given none. */
function nameOf(id: string): string {
  return namesFromTheStart.get(id) ?? defaultName(id);
}

/** Those that are there from the start, and the test customers that can be read. */
function listedCustomers(all: readonly TestCustomer[]): ListedCustomer[] {
  const listed = new Map(firstCustomers.map((customer) => [customer.id, customer]));
  for (const { id: written, companyName, refusal } of all) {
    if (refusal && !refusal.only) continue;
    const id = written.toLowerCase();
    listed.set(id, { id, companyName: companyName ?? nameOf(id) });
  }
  return [...listed.values()];
}
