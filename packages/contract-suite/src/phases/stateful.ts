import * as fc from "fast-check";
import { jsonOf } from "../exchange/body.ts";
import { draw } from "./draw.ts";
import { guidOf } from "./request-cases.ts";
import type { Run } from "./run.ts";
import { Exchanges } from "./walk-calls.ts";
import { usesLeft, walks } from "./walk-commands.ts";
import type { Customer, Model } from "./walk-model.ts";

const name = "stateful/walk";
/** More walks find nothing new. */
const mostWalks = 25;
const needed = ["requestQualification", "listQualifications", "listValidationCodes"];

/** Returns why walks cannot run; undefined if they can. */
export function whyNoWalk({ contract, control, readOnly }: Run): string | undefined {
  const ids = contract.operations.map(({ id }) => id);
  const missing = needed.filter((id) => !ids.includes(id));
  if (missing.length > 0) return `the contract has no ${missing.join(", no ")}`;
  if (readOnly)
    return "it sends writes, and the run is read-only (--read-only, or a remote host without --write)";
  return control ? undefined : "it moves the mock's clock; name the mock with --control URL";
}

/** Compares walks through time, on the mock's clock, with a model of the rules. */
export async function stateful(
  run: Run,
  { seed, path, maxCases }: { seed: number; path?: string | undefined; maxCases: number },
): Promise<void> {
  const { control, only } = run;
  if (!control || (only !== undefined && only !== name)) return;
  // A replayed walk needs fast-check's record of the removed steps.
  const [ownPath, replayPath] = path?.split("|") ?? [];
  const idOf = (education: string) =>
    control.customers.find((customer) => customer.education === education)?.id;
  const customers = [
    { id: idOf("approved"), education: "approved" as const },
    { id: idOf("denied"), education: "denied" as const },
    { id: idOf("undecided"), education: "undecided" as const },
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
  const numRuns = Math.min(mostWalks, maxCases);
  await draw(run, name, property, { seed, path: ownPath, numRuns }, (own, [walk]) => {
    const [, steps = ""] = /replayPath="([^"]*)"/.exec(String(walk)) ?? [];
    return `${own}|${steps}`;
  });
}
