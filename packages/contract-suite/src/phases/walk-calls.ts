import type { Operation } from "@partner-qualifications/spec/model";
import { curlOf } from "../exchange/curl.ts";
import type { Case, Exchange, Intent } from "../exchange/exchange.ts";
import { Broken } from "./draw.ts";
import { caseMaker, guidOf } from "./request-cases.ts";
import type { Run } from "./run.ts";
import type { Qualification } from "./walk-model.ts";

/** The row of walks in the report. */
export const modelCheck = {
  name: "stateful_model",
  summary: "Walks of a partner through time end as the rules say",
};

/** The calls of a walk. */
export class Exchanges {
  readonly #run: Run;
  readonly #code: string;
  #calls = 0;

  /** @param code A validation code that can be used. */
  constructor(run: Run, code: string) {
    this.#run = run;
    this.#code = code;
  }

  /** Requests a qualification, possibly repeatedly with one identifier. */
  async request(
    customer: string,
    qualification: Qualification,
    times: number,
  ): Promise<Exchange[]> {
    const needsCode = qualification === "GovernmentCommunityCloud";
    const body = { qualification, ...(needsCode && { validationCode: this.#code }) };
    const key = guidOf(`${customer} ${this.#calls}`);
    const answers: Exchange[] = [];
    for (let count = 0; count < times; count++) {
      const first = answers[0]?.case.id;
      const intent: Intent =
        first === undefined ? { kind: "valid" } : { kind: "replay", of: first };
      const call = { customer, intent, body, headers: { "MS-RequestId": key } };
      answers.push(await this.#call("requestQualification", call));
    }
    return answers;
  }

  list(customer: string): Promise<Exchange> {
    return this.#call("listQualifications", { customer, intent: { kind: "valid" } });
  }

  codes(): Promise<Exchange> {
    return this.#call("listValidationCodes", { intent: { kind: "valid" } });
  }

  /** @returns The time afterwards, in milliseconds. */
  async advance(hours: number): Promise<number> {
    await this.#run.control?.advance(`PT${hours}H`);
    return this.#run.control?.now() ?? 0;
  }

  /**
   * Counts a step of a walk.
   *
   * @param message How the step differs from the model; undefined if it does not.
   * @throws {Broken} If there is a message, which becomes a failure in the report.
   */
  judge({ case: { id, operation, draft }, request }: Exchange, message: string | undefined): void {
    const { judged } = this.#run;
    judged.set(modelCheck.name, (judged.get(modelCheck.name) ?? 0) + 1);
    if (message === undefined) return;
    const curl = curlOf(request, draft, this.#run.target.tokenName);
    const about = { check: modelCheck.name, operationId: operation.id, caseId: id };
    throw new Broken([{ ...about, message, replay: "", curl }]);
  }

  /** @throws {Broken} When a check fails. */
  async #call(
    operationId: string,
    call: { customer?: string; intent: Intent; body?: object; headers?: Record<string, string> },
  ): Promise<Exchange> {
    const { customer, intent, body, headers = {} } = call;
    const { contract, schemas } = this.#run;
    const operation = contract.operations.find(({ id }) => id === operationId) as Operation;
    const maker = caseMaker(schemas, operation, customer ? { customer_id: customer } : {});
    const one: Case = maker.make(`stateful/walk#${this.#calls++}`, intent, {
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { exchange, failures } = await this.#run.attempt(one);
    if (failures.length > 0) throw new Broken(failures);
    return exchange;
  }
}
