import * as fc from "fast-check";
import { jsonOf } from "../exchange/exchange.ts";
import { guidOf } from "../generate/request-cases.ts";
import type { Run } from "../run.ts";
import { usesLeft, walks } from "../stateful/commands.ts";
import { Exchanges } from "../stateful/exchanges.ts";
import type { Customer, Model } from "../stateful/model.ts";
import { draw } from "./draw.ts";

const name = "stateful/walk";
const numRuns = 25;
const needed = ["requestQualification", "listQualifications", "listValidationCodes"];

/** Walks beside a model of what the rules say, over the clock of the mock. */
export async function stateful(
  run: Run,
  { seed, path }: { seed: number; path?: string | undefined },
): Promise<void> {
  const { contract, control, only } = run;
  const isThere = (id: string) => contract.operations.some((operation) => operation.id === id);
  if (!control || !needed.every(isThere) || (only !== undefined && only !== name)) return;
  // Of the walk that is to be seen again, fast-check knows which steps were left out.
  const [ownPath, replayPath] = path?.split("|") ?? [];
  const standIn = (education: string) =>
    control.customers.find((customer) => customer.education === education)?.id;
  const customers = [
    { id: standIn("approved"), education: "approved" as const },
    { id: standIn("denied"), education: "denied" as const },
    { id: standIn("undecided"), education: "undecided" as const },
    { id: guidOf(name), education: "approved" as const },
  ].flatMap(({ id, education }): Customer[] =>
    id === undefined ? [] : [{ id, education, items: [], educationRequests: 0 }],
  );

  const property = fc.asyncProperty(walks(customers.length, replayPath), async (walk) => {
    await run.reset();
    const codes = await new Exchanges(run, "").codes();
    const [code] = (jsonOf(codes) ?? []) as { validationId: string }[];
    const real = new Exchanges(run, code?.validationId ?? "");
    const model: Model = {
      customers: structuredClone(customers),
      codeUses: usesLeft(codes) ?? 0,
      now: control.now(),
    };
    await fc.asyncModelRun(() => ({ model, real }), walk);
  });
  await draw(run, name, property, { seed, path: ownPath, numRuns }, (own, [walk]) => {
    const [, steps = ""] = /replayPath="([^"]*)"/.exec(String(walk)) ?? [];
    return `${own}|${steps}`;
  });
}
