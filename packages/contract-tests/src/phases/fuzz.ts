import * as fc from "fast-check";
import { isSafe } from "../contract/operation.ts";
import type { Case } from "../exchange/case.ts";
import { invalidRequests, validRequests } from "../generate/fuzz-cases.ts";
import { caseMaker } from "../generate/request-cases.ts";
import type { Run } from "../run.ts";
import { Broken, draw } from "./draw.ts";

/** Time is what ends it. */
const mostRuns = 1_000_000;

export interface FuzzOptions {
  seed: number;
  path?: string | undefined;
  /** How long to draw in all, in milliseconds. */
  time: number;
}

/** Draws requests of each operation, those that keep the contract and those that break it in one place. */
export async function fuzz(run: Run, { seed, path, time }: FuzzOptions): Promise<void> {
  const { contract, target, readOnly, only } = run;
  const operations = contract.operations.filter((one) => !readOnly || isSafe(one));
  for (const operation of operations) {
    const maker = caseMaker(contract, operation, target.values);
    const kinds = { valid: validRequests, invalid: invalidRequests };
    for (const [kind, requests] of Object.entries(kinds)) {
      const name = `fuzz/${operation.id}/${kind}`;
      if (run.isOver || (only !== undefined && only !== name)) continue;
      await run.reset();
      const property = fc.asyncProperty(requests(contract, maker), (one) => attempt(run, one));
      const share = only === undefined ? time / (operations.length * 2) : time;
      await draw(run, name, property, { seed, path, numRuns: mostRuns, time: share });
    }
  }
}

async function attempt(run: Run, one: Case): Promise<void> {
  const { failures } = await run.attempt(one);
  if (failures.length > 0) throw new Broken(failures);
}
