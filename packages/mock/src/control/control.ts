import { documented } from "@partner-qualifications/spec/model";
import type { Har } from "har-format";
import type { Fault } from "../faults/fault.ts";
import type { Prism } from "../prism/prism.ts";
import type { ClockSettings } from "../simulator/clock.ts";
import type { JournalPage } from "../world/journal.ts";
import type { Scenario } from "../world/scenario.ts";
import type { TestCustomer } from "../world/test-customers.ts";
import { createWorld, identifiers, type World } from "../world/world.ts";

/** The time and the speed of the mock's clock. */
export interface ClockState {
  mode: "real" | "manual" | "fast";
  /** An ISO 8601 date. */
  now: string;
  /** How many of its seconds pass in one second. */
  speed: number;
}

/** Controls one mock. The same is available over HTTP, under `/_mock/`. */
export class Control {
  readonly #prism: Prism;
  readonly #start: Scenario;
  readonly #journalSize: number | undefined;
  readonly #onClockMode: ((clock: ClockState) => void) | undefined;
  #world: World;

  constructor(
    prism: Prism,
    start: Scenario,
    journalSize?: number,
    onClockMode?: (clock: ClockState) => void,
  ) {
    this.#prism = prism;
    this.#start = start;
    this.#journalSize = journalSize;
    this.#onClockMode = onClockMode;
    this.#world = this.#create(start);
  }

  /** @internal */
  get world(): World {
    return this.#world;
  }

  get clock(): ClockState {
    const { mode, speed } = this.#world.clock;
    return { mode, speed, now: this.#world.clock.now().toISOString() };
  }

  /**
   * Freezes, sets or starts the clock.
   *
   * @throws {RangeError} When it would go back, or the speed is invalid.
   * @example
   * control.setClock({ mode: "manual" }); // freeze
   * control.setClock({ mode: "fast", speed: 3600 }); // an hour in each second
   */
  setClock(settings: ClockSettings): void {
    const { mode } = this.#world.clock;
    this.#world.clock.change(settings);
    if (this.#world.clock.mode !== mode) this.#onClockMode?.(this.clock);
  }

  /**
   * Moves the clock forward, whatever its mode; a real or fast clock continues from there.
   *
   * @param duration An ISO 8601 duration, for instance `P3D`. Months and years are counted on the calendar (UTC).
   * @throws {RangeError} When it is not a duration, is negative, or leads beyond the year 9999.
   */
  advance(duration: string): void {
    this.#world.clock.advance(duration);
  }

  /**
   * Forgets everything and restarts.
   *
   * @param scenario The initial state; by default that of the start.
   * @throws {RangeError} When it is invalid. Then nothing has changed.
   */
  reset(scenario: Scenario = this.#start): void {
    const { mode } = this.#world.clock;
    this.#world = this.#create(scenario);
    if (this.#world.clock.mode !== mode) this.#onClockMode?.(this.clock);
  }

  /** Generates the identifiers from a seed from now on. */
  seed(seed: number): void {
    this.#world.identifier = identifiers(seed);
  }

  /** The injected failures that are still to come. */
  get faults(): Fault[] {
    return this.#world.faults.list();
  }

  /**
   * Injects failures.
   *
   * @throws {RangeError} When the contract has no such operation or failure.
   * @example
   * control.addFaults({ kind: "failure", status: 503, count: 2 }, { kind: "reset", only: "writes" });
   */
  addFaults(...faults: Fault[]): void {
    this.#check(faults);
    this.#world.faults.add(...faults);
  }

  clearFaults(): void {
    this.#world.faults.clear();
  }

  /**
   * Returns the recorded exchanges of the contract as HAR 1.2, oldest first, with tokens masked.
   *
   * Each entry has `_number`, which counts the exchanges since the start or the last reset. The journal
   * keeps as many as `journalSize` allows, so the first number can be above 1.
   *
   * @param page Which of them; without it, all that are kept.
   * @example
   * control.journal({ after: 1000, limit: 500 }); // exchanges 1001 to 1500
   */
  journal(page?: JournalPage): Har {
    return this.#world.journal.toHar(page);
  }

  /** The customers with special behavior, those of the scenario included. */
  get testCustomers(): readonly TestCustomer[] {
    return this.#world.testCustomers;
  }

  /**
   * Gives a customer special behavior from now on, and forgets nothing. A vetting that is still in
   * review gets the new outcome.
   *
   * @throws {RangeError} When it is invalid. Then nothing has changed.
   * @example
   * control.setTestCustomer({ id, summary: "Education is denied", education: "denied" });
   */
  setTestCustomer(customer: TestCustomer): void {
    this.#checkCustomer(customer);
    this.#world.setTestCustomer(customer);
  }

  #create(scenario: Scenario): World {
    this.#check(scenario.faults ?? []);
    for (const customer of scenario.customers ?? []) this.#checkCustomer(customer);
    return createWorld(scenario, this.#journalSize);
  }

  #checkCustomer({ burst, faults = [] }: TestCustomer): void {
    this.#check(faults);
    if (burst) this.#check([{ kind: "failure", status: burst.status }]);
  }

  #check(faults: Fault[]): void {
    const { operations } = this.#prism.contract;
    for (const { kind, status, operationId } of faults) {
      const meant = operations.filter(({ id }) => (operationId ?? id) === id);
      if (meant.length === 0) {
        const known = operations.map(({ id }) => id).join(", ");
        throw new RangeError(`No operation is called ${operationId}. There are: ${known}`);
      }
      if (kind !== "failure") continue;
      if (!(Number(status) >= 400 && meant.some((one) => documented(one, Number(status))))) {
        const who = operationId ?? "No operation";
        const verb = operationId === undefined ? "documents" : "does not document";
        throw new RangeError(`${who} ${verb} a failure with status ${status}`);
      }
    }
  }
}
