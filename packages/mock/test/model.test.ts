/* oxlint-disable vitest/no-standalone-expect, vitest/expect-expect -- each step of a walk expects */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { submit, list, testCustomer } from "./call.ts";

// A partner's view of Education as an independent state machine. It knows only the rules, nothing of the
// simulator, and runs beside it.

type Status = "None" | "InReview" | "Approved" | "Denied";

interface Model {
  status: Status;
  /** Number of accepted requests. */
  requests: number;
  hoursLeft: number;
}

const reviewHours = 10;
const customers = { approved: testCustomer("a1"), denied: testCustomer("de01") };

/** The possible next states of each state. */
const possible: Record<Status, Status[]> = {
  None: ["None", "InReview"],
  InReview: ["InReview", "Approved", "Denied"],
  Approved: ["Approved"],
  Denied: ["Denied", "InReview"],
};

class Ask implements fc.AsyncCommand<Model, Mock> {
  readonly #id: string;
  constructor(id: string) {
    this.#id = id;
  }
  check = () => true;
  async run(model: Model, mock: Mock): Promise<void> {
    const may = model.status === "None" || (model.status === "Denied" && model.requests < 3);
    expect((await submit(mock, this.#id)).status).toBe(may ? 201 : 409);
    if (may) Object.assign(model, { status: "InReview", hoursLeft: reviewHours });
    if (may) model.requests++;
  }
  toString = () => "POST";
}

class Read implements fc.AsyncCommand<Model, Mock> {
  readonly #id: string;
  constructor(id: string) {
    this.#id = id;
  }
  check = () => true;
  async run(model: Model, mock: Mock): Promise<void> {
    expect(await statusOf(mock, this.#id)).toBe(model.status);
  }
  toString = () => "GET";
}

class Advance implements fc.AsyncCommand<Model, Mock> {
  readonly #id: string;
  readonly #hours: number;
  constructor(id: string, hours: number) {
    this.#id = id;
    this.#hours = hours;
  }
  check = () => true;
  async run(model: Model, mock: Mock): Promise<void> {
    const before = await statusOf(mock, this.#id);
    mock.advance(`PT${this.#hours}H`);
    model.hoursLeft -= this.#hours;
    if (model.status === "InReview" && model.hoursLeft <= 0) {
      model.status = this.#id === customers.denied ? "Denied" : "Approved";
    }
    const after = await statusOf(mock, this.#id);
    expect(possible[before]).toContain(after);
    expect(after).toBe(model.status);
  }
  toString = () => `advance ${this.#hours} h`;
}

async function statusOf(mock: Mock, id: string): Promise<Status> {
  const items = (await (await list(mock, id)).json()) as { vettingStatus: Status }[];
  expect(items.length).toBeLessThanOrEqual(1);
  return items[0]?.vettingStatus ?? "None";
}

test.each(Object.entries(customers))(
  "never shows an impossible step to POST, GET and time (%s)",
  async (_, id) => {
    await using mock = await startMock({
      clock: "manual",
      now: "2020-12-07T09:00:00Z",
      reviewTime: `PT${reviewHours}H`,
    });
    const commands = fc.commands(
      [
        fc.constant(new Ask(id)),
        fc.constant(new Read(id)),
        fc.nat({ max: 12 }).map((hours) => new Advance(id, hours)),
      ],
      { maxCommands: 40 },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (walk) => {
        mock.control.reset();
        const setup = () => ({
          model: { status: "None", requests: 0, hoursLeft: 0 } as Model,
          real: mock,
        });
        await fc.asyncModelRun(setup, walk);
      }),
      process.env.SWEEPS ? { numRuns: 300 } : { numRuns: 60, seed: 1 },
    );
  },
);
