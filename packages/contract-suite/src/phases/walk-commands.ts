import type { Json } from "@partner-qualifications/spec/model";
import * as fc from "fast-check";
import { jsonOf } from "../exchange/body.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Exchanges } from "./walk-calls.ts";
import {
  type Customer,
  expectedStatus,
  type Item,
  type Model,
  type Qualification,
  recordRequest,
  whyImpossible,
} from "./walk-model.ts";

type Command = fc.AsyncCommand<Model, Exchanges>;

/** Requests a qualification, sometimes repeatedly with the same identifier. */
class Request implements Command {
  readonly #customer: number;
  readonly #wanted: Qualification;
  readonly #times: number;
  constructor(customer: number, wanted: Qualification, times: number) {
    this.#customer = customer;
    this.#wanted = wanted;
    this.#times = times;
  }
  check = () => true;
  async run(model: Model, real: Exchanges): Promise<void> {
    const customer = model.customers[this.#customer] as Customer;
    // The outcome of a vetting decides whether it can be requested again.
    await read(model, real, customer);
    const expected = expectedStatus(model, customer, this.#wanted);
    const answers = await real.request(customer.id, this.#wanted, this.#times);
    for (const exchange of answers) {
      model.now = exchange.at;
      const status = exchange.answer?.status;
      const isRight = status === expected;
      real.judge(exchange, isRight ? undefined : `${status}, not ${expected}`);
    }
    if (expected === 201) recordRequest(model, customer, this.#wanted);
  }
  toString = () => `request(${this.#customer}, ${this.#wanted}, ${this.#times}×)`;
}

class Read implements Command {
  readonly #customer: number;
  constructor(customer: number) {
    this.#customer = customer;
  }
  check = () => true;
  async run(model: Model, real: Exchanges): Promise<void> {
    await read(model, real, model.customers[this.#customer] as Customer);
  }
  toString = () => `read(${this.#customer})`;
}

class ReadCode implements Command {
  check = () => true;
  async run({ codeUses }: Model, real: Exchanges): Promise<void> {
    const exchange = await real.codes();
    const left = usesLeft(exchange);
    const isRight = left === codeUses;
    real.judge(exchange, isRight ? undefined : `${left} uses remain, should be ${codeUses}`);
  }
  toString = () => "readCode()";
}

class Advance implements Command {
  readonly #hours: number;
  constructor(hours: number) {
    this.#hours = hours;
  }
  check = () => true;
  async run(model: Model, real: Exchanges): Promise<void> {
    model.now = await real.advance(this.#hours);
  }
  toString = () => `advance(${this.#hours} h)`;
}

/** Returns the remaining uses of the suite's validation code. */
export function usesLeft(exchange: Exchange): number | undefined {
  const [code] = (jsonOf(exchange) ?? []) as { remainingCreates?: Json }[];
  return typeof code?.remainingCreates === "number" ? code.remainingCreates : undefined;
}

async function read(model: Model, real: Exchanges, customer: Customer): Promise<void> {
  const exchange = await real.list(customer.id);
  model.now = exchange.at;
  const list = (jsonOf(exchange) ?? []) as Item[];
  const why = Array.isArray(list) ? whyImpossible(model, customer, list) : "it is not a list";
  real.judge(exchange, why);
  customer.items = list;
}

/** A walk of a partner with some customers. */
export type Walk = Iterable<fc.AsyncCommand<Model, Exchanges>>;

/** @param replayPath The removed steps of a walk to replay. */
export function walks(customers: number, replayPath: string | undefined): fc.Arbitrary<Walk> {
  const customer = fc.nat(customers - 1);
  const wanted = fc.constantFrom<Qualification[]>(
    "Education",
    "Education",
    "GovernmentCommunityCloud",
    "StateOwnedEntity",
  );
  const steps: fc.Arbitrary<fc.AsyncCommand<Model, Exchanges>>[] = [
    fc.tuple(customer, wanted, fc.integer({ min: 1, max: 3 })).map((all) => new Request(...all)),
    customer.map((one) => new Read(one)),
    fc.constant(new ReadCode()),
    fc.constantFrom(1, 24, 71, 72, 144, 200).map((hours) => new Advance(hours)),
  ];
  const bounds = { maxCommands: 40, size: "max" } as const;
  return fc.commands(steps, replayPath === undefined ? bounds : { ...bounds, replayPath });
}
