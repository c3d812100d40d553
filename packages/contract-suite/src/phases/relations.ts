import {
  isObject,
  isSafe,
  type Json,
  operationsOf,
  type Relation,
  type RepeatableRule,
  type StepsRule,
} from "@partner-qualifications/spec/model";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { evaluate, isSame, type Scope, shown } from "../checks/evaluate.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { filter, readAlone, turnPages } from "./list-relations.ts";
import { operationOf, type Prober, type Sent, send } from "./relation-prober.ts";
import { guidOf } from "./request-cases.ts";
import type { Run } from "./run.ts";
import { whyStepFails } from "./step-relation.ts";

/** Returns why no relation can be tested; undefined if one can. */
export function whyNoRelation(run: Run): string | undefined {
  if (run.contract.relations.some((relation) => canProbe(run, relation))) return undefined;
  return "no relation of the contract (x-relations) can be tested with the allowed requests";
}

function canProbe(run: Run, relation: Relation): boolean {
  const { kind } = relation.rule;
  if (kind === "exchange") return false;
  // A relation about a new customer does not apply to a given one.
  if (kind === "steps" && run.target.values?.customer_id !== undefined) return false;
  return !run.readOnly || operationsOf(relation).every((id) => isSafe(operationOf(run, id)));
}

/** Sends the requests of relations between exchanges. */
export async function relations(run: Run): Promise<void> {
  const salt = run.control ? "" : randomUUID();
  await run.reset();
  for (const relation of run.contract.relations.filter((one) => canProbe(run, one))) {
    if (run.isOver) return;
    if (run.only !== undefined && run.only !== `relations/${relation.name}`) continue;
    const prober = { run, relation, salt };
    const { rule } = relation;
    if (rule.kind === "steps") await takeSteps(prober, rule);
    if (rule.kind === "pages") await turnPages(prober, rule);
    if (rule.kind === "filtered") await filter(prober, rule);
    if (rule.kind === "agrees") await readAlone(prober, rule);
    if (rule.kind === "repeatable") await readTwice(prober, rule);
  }
}

/** Statuses for a customer that the service does not know, or that the caller must not see. */
const unknown = [401, 403, 404];

async function takeSteps(prober: Prober, { steps }: StepsRule): Promise<void> {
  const { run, relation, salt } = prober;
  const scope: Scope & { steps: Record<string, Exchange>; variables: Record<string, Json> } = {
    steps: {},
    variables: {},
  };
  for (const [index, step] of steps.entries()) {
    for (const [name, expression] of Object.entries(step.let ?? {})) {
      const value = evaluate(expression, scope);
      if (value === undefined) return;
      scope.variables[name] = value;
    }
    const customer = guidOf(`${salt} ${relation.name} ${step.customer ?? "own"}`);
    const texts = Object.entries(step.query ?? {}).map(([name, expression]) => {
      const value = evaluate(expression, scope);
      return [name, isObject(value) ? JSON.stringify(value) : String(value)];
    });
    const body = step.body === undefined ? undefined : evaluate(step.body, scope);
    const whyNot = (now: Exchange) => {
      const status = now.answer?.status ?? 0;
      if (index === 0 && unknown.includes(status)) return undefined;
      if (status !== step.status) return `the step ${step.name} got ${status}, not ${step.status}`;
      const all = { ...scope, steps: { ...scope.steps, [step.name]: now } };
      return whyStepFails(run.schemas, step, all);
    };
    const sent = {
      step: step.name,
      operation: step.operation,
      values: { customer_id: customer },
      parts: {
        texts: Object.fromEntries(texts) as Record<string, string>,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
    };
    const exchange =
      step.within === undefined
        ? await send(prober, { ...sent, whyNot })
        : await sendUntil(prober, sent, whyNot, step.within);
    if (exchange?.answer?.status !== step.status) return;
    scope.steps[step.name] = exchange;
  }
}

const firstPause = 1;
const longestPause = 15;

/**
 * Repeats a request until what it says holds, and judges only the last one.
 *
 * @param seconds How long, by the clock of the mock if there is one.
 */
async function sendUntil(
  prober: Prober,
  sent: Sent,
  whyNot: (exchange: Exchange) => string | undefined,
  seconds: number,
): Promise<Exchange | undefined> {
  const { control } = prober.run;
  let pause = firstPause;
  for (let left = seconds, turn = 0; left > 0; turn++) {
    const exchange = await send(prober, { ...sent, step: `${sent.step}/${turn}` });
    if (!exchange || whyNot(exchange) === undefined) break;
    pause = Math.min(pause * 2, longestPause, left);
    left -= pause;
    await (control ? control.advance(`PT${pause}S`) : wait(pause * 1000));
  }
  return send(prober, { ...sent, whyNot });
}

async function readTwice(prober: Prober, { operations }: RepeatableRule): Promise<void> {
  for (const operation of operations) {
    const before = await send(prober, { step: `${operation}/once`, operation });
    if (before?.answer?.status !== 200) continue;
    const body = evaluate("$response.body", { exchange: before });
    await send(prober, {
      step: `${operation}/twice`,
      operation,
      whyNot(exchange) {
        const now = evaluate("$response.body", { exchange });
        return isSame(now, body) ? undefined : `${shown(now)} now, but ${shown(body)} before`;
      },
    });
  }
}
