import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyOf } from "./copy.ts";
import type { Mutant } from "./mutant.ts";
import { type Outcome, runSuite } from "./run-suite.ts";

/** A mutant and what came of it. */
export interface Result {
  mutant: Mutant;
  outcome: Outcome;
  /** How long the suite took, in milliseconds. */
  took: number;
}

export interface RunOptions {
  /** How many at a time, each in a copy of its own. */
  workers: number;
  /** How long one run of the suite may take, in milliseconds. */
  limitMs: number;
  /** Told of each result, and of how many there are so far. */
  onResult?: (result: Result, done: number) => void;
}

/**
 * Runs the suite against each mutant.
 *
 * @throws {Error} When the suite does not pass without a defect: then no failure would say anything.
 * @throws {PatchError} When a defect cannot be planted.
 */
export async function runMutants(
  root: string,
  mutants: Mutant[],
  { workers, limitMs, onResult = () => {} }: RunOptions,
): Promise<Result[]> {
  const queue = [...mutants.entries()];
  const results: Result[] = [];
  let done = 0;
  const work = async (isFirst: boolean) => {
    await using copied = await copyOf(root);
    if (isFirst) await mustPass(copied.copy, limitMs);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, mutant] = next;
      const began = performance.now();
      const outcome = await runMutant(copied.copy, mutant, limitMs);
      const result = { mutant, outcome, took: performance.now() - began };
      results[index] = result;
      onResult(result, ++done);
    }
  };
  // The first copy shows that the suite passes; nothing is planted before.
  const [first, ...others] = Array.from({ length: workers }, (_, index) => index === 0);
  await Promise.all([work(first ?? true), ...others.map((isFirst) => work(isFirst))]);
  return results;
}

async function mustPass(copy: string, limitMs: number): Promise<void> {
  const outcome = await runSuite(copy, undefined, limitMs);
  if (outcome.is === "survived") return;
  throw new Error(`The suite fails without any defect: ${JSON.stringify(outcome)}`);
}

async function runMutant(copy: string, mutant: Mutant, limitMs: number): Promise<Outcome> {
  const file = join(copy, mutant.file);
  const before = await readFile(file, "utf8");
  try {
    await writeFile(file, mutant.patch(before));
    return await runSuite(copy, mutant.part, limitMs);
  } finally {
    await writeFile(file, before);
  }
}
