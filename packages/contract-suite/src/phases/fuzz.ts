import * as fc from "fast-check";
import { isSafe } from "../contract/operation.ts";
import type { Case } from "../exchange/case.ts";
import { invalidRequests, validRequests } from "../generate/fuzz-cases.ts";
import { caseMaker } from "../generate/request-cases.ts";
import type { Run } from "../run.ts";
import { Broken, draw } from "./draw.ts";

export interface FuzzOptions {
  seed: number;
  path?: string | undefined;
  /** How many requests to draw in all, before any is made small. */
  maxCases: number;
  /** How long to draw in all, in milliseconds. */
  time: number;
}

/** fast-check has no infinity. */
const mostRuns = 2 ** 31 - 1;

/** Draws requests of each operation: some that conform to the contract, some that break it in one place. */
export async function fuzz(run: Run, { seed, path, maxCases, time }: FuzzOptions): Promise<void> {
  const { contract, target, readOnly, only } = run;
  const kinds = { valid: validRequests, invalid: invalidRequests };
  const drawings = contract.operations
    .filter((one) => !readOnly || isSafe(one))
    .flatMap((operation) =>
      Object.entries(kinds).map(([kind, requests]) => {
        return { name: `fuzz/${operation.id}/${kind}`, operation, requests };
      }),
    )
    .filter(({ name }) => only === undefined || only === name);
  for (const [index, { name, operation, requests }] of drawings.entries()) {
    // Each has its share, and the first ones what is left over.
    const share = Math.floor((maxCases + drawings.length - 1 - index) / drawings.length);
    if (run.isOver || share === 0) continue;
    await run.reset();
    const maker = caseMaker(contract, operation, target.values);
    let last: Promise<unknown> | undefined;
    const property = fc.asyncProperty(requests(contract, maker), (one) => {
      const attempted = attempt(run, one);
      last = attempted.catch(() => {});
      return attempted;
    });
    await draw(run, name, property, {
      seed,
      path,
      numRuns: Math.min(share, mostRuns),
      time: time / drawings.length,
    });
    // When time is over, a request may still be on its way.
    await last;
  }
}

async function attempt(run: Run, one: Case): Promise<void> {
  const { failures } = await run.attempt(one);
  if (failures.length > 0) throw new Broken(failures);
}
