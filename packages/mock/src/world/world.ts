import { createHash, randomUUID } from "node:crypto";
import { PendingFaults } from "../faults/pending-faults.ts";
import { AuditLog } from "../simulator/audit-log.ts";
import { Clock } from "../simulator/clock.ts";
import { defaultName, firstCustomers, type ListedCustomer } from "../simulator/customers.ts";
import { addBusinessDays, milliseconds, readDuration } from "../simulator/duration.ts";
import { Simulator } from "../simulator/simulator.ts";
import { validationCode } from "../simulator/validation-codes.ts";
import { Recorder } from "./journal.ts";
import { RememberedOutcomes } from "./remembered-outcomes.ts";
import type { Scenario } from "./scenario.ts";
import { type TestCustomer, testCustomers } from "./test-customers.ts";
import { checkRate, Throttle } from "./throttle.ts";

/** The state of one mock. Mocks share no state. */
export interface World {
  clock: Clock;
  simulator: Simulator;
  auditLog: AuditLog;
  /** The customers in the list. */
  customers: readonly ListedCustomer[];
  testCustomers: readonly TestCustomer[];
  behaviorOf(customerId: string): Partial<TestCustomer>;
  /** @throws {RangeError} When a duration is invalid. */
  setTestCustomer(customer: TestCustomer): void;
  throttle: Throttle;
  remembered: RememberedOutcomes;
  faults: PendingFaults;
  journal: Recorder;
  /** Generates the identifier when the caller sent none. */
  identifier: () => string;
}

/**
 * Creates a world from a scenario.
 *
 * @param journalSize Number of exchanges in the journal.
 * @throws {RangeError} When a date, a duration, a speed or the size is invalid.
 */
export function createWorld(scenario: Scenario, journalSize?: number): World {
  const { clock: mode = "real", now, speed, reviewTime, auditDelay = "PT5S" } = scenario;
  const clock = new Clock({
    mode,
    ...(now !== undefined && { now }),
    ...(speed !== undefined && { speed }),
  });
  const byId = new Map(
    [...testCustomers, ...(scenario.customers ?? [])].map((one) => [one.id.toLowerCase(), one]),
  );
  for (const customer of byId.values()) checkDurations(customer);
  const { customer: customerRate } = scenario.throttle ?? {};
  if (customerRate) checkDurations({ throttle: customerRate });
  const behaviorOf = (customerId: string) => byId.get(customerId) ?? {};
  const faults = new PendingFaults(behaviorOf);
  faults.add(...(scenario.faults ?? []));

  const simulator = new Simulator({
    clock,
    vettingEnds: reviewTime === undefined ? threeBusinessDays : readDuration(reviewTime),
    behaviorOf,
    codes: scenario.codes?.map(({ validationId, maxCreates, remainingCreates = maxCreates }) =>
      validationCode(validationId, maxCreates, remainingCreates),
    ),
  });
  for (const rate of Object.values(scenario.throttle ?? {})) checkRate(rate);
  const throttle = new Throttle(scenario.throttle ?? {});

  return {
    clock,
    simulator,
    // A33
    auditLog: new AuditLog(milliseconds(auditDelay)),
    customers: listedCustomers([...byId.values()]),
    testCustomers: [...byId.values()],
    behaviorOf,
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
    remembered: new RememberedOutcomes(),
    faults,
    journal: new Recorder(journalSize),
    identifier: identifiers(scenario.seed),
  };
}

/** Ends a vetting after three business days (A14). */
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

/** Returns the default name of a test customer. */
function nameOf(id: string): string {
  return namesFromTheStart.get(id) ?? defaultName(id);
}

/** Returns the ordinary customers of the list, and the readable test customers. */
function listedCustomers(all: readonly TestCustomer[]): ListedCustomer[] {
  const listed = new Map(firstCustomers.map((customer) => [customer.id, customer]));
  for (const { id: written, companyName, refusal } of all) {
    if (refusal && !refusal.only) continue;
    const id = written.toLowerCase();
    listed.set(id, { id, companyName: companyName ?? nameOf(id) });
  }
  return [...listed.values()];
}

/**
 * Returns a generator of identifiers.
 *
 * @param seed Makes the same identifiers in the same order.
 * @throws {RangeError} When the seed is not a whole number from 0 to 4294967295.
 */
export function identifiers(seed: number | undefined): () => string {
  if (seed === undefined) return randomUUID;
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(
      `The seed must be a whole number from 0 to 4294967295, not ${JSON.stringify(seed)}`,
    );
  }
  let made = 0;
  return () => {
    const hash = createHash("sha256").update(`${seed}/${made++}`).digest("hex");
    // A random (version 4) GUID.
    return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  };
}
