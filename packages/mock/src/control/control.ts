import { documented } from "@partner-qualifications/spec/model";
import type { Fault } from "../faults/fault.ts";
import type { Prism } from "../prism/prism.ts";
import type { ClockSettings } from "../simulator/clock.ts";
import type { Journal, JournalPage } from "../world/journal.ts";
import type { Scenario } from "../world/scenario.ts";
import type { TestCustomer } from "../world/test-customers.ts";
import { createWorld, identifiers, type World } from "../world/world.ts";

/** The time and the speed of the mock's clock. */
export interface ClockState {
  mode: "real" | "manual" | "fast";
  /** An ISO 8601 date. */
  now: string;
  /** Seconds of this clock per real second. */
  speed: number;
}

/** Controls one mock. The same is available over HTTP, under `/_mock/`. */
export interface Control {
  readonly clock: ClockState;
  /**
   * Freezes, sets or starts the clock.
   *
   * @throws {RangeError} When it would go back, or the speed is invalid.
   * @example
   * control.setClock({ mode: "manual" }); // freeze
   * control.setClock({ mode: "fast", speed: 3600 }); // an hour in each second
   */
  setClock(settings: ClockSettings): void;
  /**
   * Moves the clock forward, whatever its mode; a real or fast clock continues from there.
   *
   * @param duration An ISO 8601 duration, for instance `P3D`. Months and years are counted on the calendar (UTC).
   * @throws {RangeError} When it is not a duration, is negative, or ends after the year 9999.
   */
  advance(duration: string): void;
  /**
   * Forgets everything and restarts.
   *
   * @param scenario The initial state; by default that of the start.
   * @throws {RangeError} When it is invalid. Then nothing has changed.
   */
  reset(scenario?: Scenario): void;
  /** Generates the identifiers from a seed from now on. */
  seed(seed: number): void;
  /** The pending injected failures. */
  readonly faults: Fault[];
  /**
   * Injects failures.
   *
   * @throws {RangeError} When the contract has no such operation or failure.
   * @example
   * control.addFaults({ kind: "failure", status: 503, count: 2 }, { kind: "reset", only: "writes" });
   */
  addFaults(...faults: Fault[]): void;
  clearFaults(): void;
  /**
   * Returns the recorded exchanges of the contract as HAR 1.2, oldest first, with tokens masked.
   *
   * Each entry has a `_number` that counts the exchanges since the start or the last reset. The journal
   * keeps `journalSize` exchanges, so the first number can be above 1.
   *
   * @param page Which exchanges to return; by default, all.
   * @example
   * control.journal({ after: 1000, limit: 500 }); // exchanges 1001 to 1500
   */
  journal(page?: JournalPage): Journal;
  /** The customers with special behavior, including those of the scenario. */
  readonly testCustomers: readonly TestCustomer[];
  /**
   * Gives a customer special behavior from now on, without forgetting anything. A vetting in review gets
   * the new outcome.
   *
   * @throws {RangeError} When it is invalid. Then nothing has changed.
   * @example
   * control.setTestCustomer({ id, summary: "Education is denied", education: "denied" });
   */
  setTestCustomer(customer: TestCustomer): void;
}

export interface ControlOptions {
  journalSize?: number | undefined;
  /** Called when the clock changes between real, manual and fast. */
  onClockMode?: ((clock: ClockState) => void) | undefined;
}

/** The control of a mock with the world behind it. */
export interface Controlled {
  control: Control;
  /** Returns the current world: a reset creates another. */
  world: () => World;
}

/**
 * Creates the control of a mock, and its world.
 *
 * @throws {RangeError} When the scenario or the size of the journal is invalid.
 */
export function createControl(
  prism: Prism,
  start: Scenario,
  { journalSize, onClockMode }: ControlOptions = {},
): Controlled {
  const { operations } = prism.contract;
  let world = create(start);

  function create(scenario: Scenario): World {
    check(scenario.faults ?? []);
    for (const customer of scenario.customers ?? []) checkCustomer(customer);
    return createWorld(scenario, journalSize);
  }

  function checkCustomer({ burst, faults = [] }: TestCustomer): void {
    check(faults);
    if (burst) check([{ kind: "failure", status: burst.status }]);
  }

  function check(faults: Fault[]): void {
    for (const { kind, status, operationId } of faults) {
      const meant = operations.filter(({ id }) => (operationId ?? id) === id);
      if (meant.length === 0) {
        const known = operations.map(({ id }) => id).join(", ");
        throw new RangeError(`Unknown operation ${operationId}. Known operations: ${known}`);
      }
      if (kind !== "failure") continue;
      if (!(Number(status) >= 400 && meant.some((one) => documented(one, Number(status))))) {
        const who = operationId ?? "No operation";
        const verb = operationId === undefined ? "documents" : "does not document";
        throw new RangeError(`${who} ${verb} a failure with status ${status}`);
      }
    }
  }

  function reportMode(change: () => unknown): void {
    const { mode } = world.clock;
    change();
    if (world.clock.mode !== mode) onClockMode?.(control.clock);
  }

  // No private members: a proxy, such as Vue's reactive(), could not reach them.
  const control: Control = {
    get clock() {
      const { mode, speed } = world.clock;
      return { mode, speed, now: world.clock.now().toISOString() };
    },
    setClock: (settings) => reportMode(() => world.clock.change(settings)),
    advance: (duration) => world.clock.advance(duration),
    reset: (scenario = start) => reportMode(() => (world = create(scenario))),
    seed(seed) {
      world.identifier = identifiers(seed);
    },
    get faults() {
      return world.faults.list();
    },
    addFaults(...faults) {
      check(faults);
      world.faults.add(...faults);
    },
    clearFaults: () => world.faults.clear(),
    journal: (page) => world.journal.toHar(page),
    get testCustomers() {
      return world.testCustomers;
    },
    setTestCustomer(customer) {
      checkCustomer(customer);
      world.setTestCustomer(customer);
    },
  };
  return { control, world: () => world };
}
