import type { Operation, Relation } from "@partner-qualifications/spec/model";
import type { Exchange } from "../exchange/exchange.ts";
import { caseMaker, type Parts } from "./request-cases.ts";
import { isWanted, type Run } from "./run.ts";

/** Sends the requests of one relation. */
export interface Prober {
  run: Run;
  relation: Relation;
  /** Differs between runs, for services that cannot be reset. */
  salt: string;
}

export function operationOf({ contract }: Run, id: string): Operation {
  return contract.operations.find((operation) => operation.id === id) as Operation;
}

/** Judges an exchange of a relation; undefined if it holds. */
type WhyNot = (exchange: Exchange) => string | undefined;

export interface Sent {
  step: string;
  operation: string;
  values?: Record<string, string>;
  parts?: Parts;
  whyNot?: WhyNot;
}

/** Sends a request of a relation; undefined if the run excludes it. */
export async function send({ run, relation }: Prober, sent: Sent): Promise<Exchange | undefined> {
  const { step, operation, values = run.target.values, parts, whyNot } = sent;
  const maker = caseMaker(run.schemas, operationOf(run, operation), values);
  const id = `relations/${relation.name}#${step}`;
  const intent = whyNot
    ? ({ kind: "related", relation: relation.name, whyNot } as const)
    : ({ kind: "valid" } as const);
  const one = maker.make(id, intent, parts);
  return run.isOver || !isWanted(run, one) ? undefined : (await run.perform(one)).exchange;
}
