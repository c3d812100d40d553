import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyOf } from "./copy.ts";
import type { Mutant } from "./mutant.ts";
import { type Limits, type Outcome, runSuite } from "./run-suite.ts";

/** A mutant and what came of it. */
export interface Result {
  mutant: Mutant;
  outcome: Outcome;
  /** How long the suite took, in milliseconds. */
  took: number;
}

export interface RunOptions extends Limits {
  /** How many at a time, each in a copy of its own. */
  workers: number;
  /** Told of each result, and of how many there are so far. */
  onResult?: (result: Result, done: number) => void;
}

/**
 * Runs the suite against each mutant.
 *
 * @throws {Error} When the suite does not pass without a defect: then no failure would say anything.
 * @throws {PatchError} When a defect cannot be planted.
 * @throws The signal's reason; then the copies are gone, and what ran in them as well.
 */
export async function runMutants(
  root: string,
  mutants: Mutant[],
  { workers, onResult = () => {}, ...limits }: RunOptions,
): Promise<Result[]> {
  const queue = [...mutants.entries()];
  const results: Result[] = [];
  let done = 0;
  const work = async (_: unknown, index: number) => {
    try {
      await workOff(index === 0);
    } catch (error) {
      // Nobody begins another one.
      queue.length = 0;
      throw error;
    }
  };
  const workOff = async (isFirst: boolean) => {
    await using copied = await copyOf(root);
    // One copy shows that the suite passes as long as nothing is planted.
    if (isFirst) await mustPass(copied.copy, limits);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, mutant] = next;
      const began = performance.now();
      const outcome = await runMutant(copied.copy, mutant, limits);
      const result = { mutant, outcome, took: performance.now() - began };
      results[index] = result;
      onResult(result, ++done);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}

async function mustPass(copy: string, limits: Limits): Promise<void> {
  const outcome = await runSuite(copy, undefined, limits);
  if (outcome.is === "survived") return;
  throw new Error(`The suite fails without any defect: ${JSON.stringify(outcome)}`);
}

async function runMutant(copy: string, mutant: Mutant, limits: Limits): Promise<Outcome> {
  const file = join(copy, mutant.file);
  const before = await readFile(file, "utf8");
  try {
    await writeFile(file, mutant.patch(before));
    return await runSuite(copy, mutant.part, limits);
  } finally {
    await writeFile(file, before);
  }
}
