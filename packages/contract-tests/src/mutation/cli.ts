// `pnpm mutate`: plants defects, runs the contract suite against each, and tells what it has found.

import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { useOwnTemporaryFolder } from "../../../../scripts/temporary-folder.ts";
import { allMutants } from "./all-mutants.ts";
import { drawMutants } from "./draw-mutants.ts";
import { judge, percent } from "./judge.ts";
import { PatchError } from "./mutant.ts";
import { report } from "./report.ts";
import { type Result, runMutants } from "./run-mutants.ts";

const help = `pnpm mutate [options]
  --seed N         draw other places for the rules (1)
  --only TEXT      only defects whose id has this text
  --all            every place that the rules find, which takes hours
  --list           tell the defects, and plant none
  --workers N      how many at a time (one for each core)
  --limit N        seconds that one run of the suite may take (600)
  --markdown FILE  write the table there`;

const root = fileURLToPath(new URL("../../../../", import.meta.url));

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => stopped.abort(new RangeError("Stopped; the copies are removed")));
}

// A copy of the repository is large, and a killed run cannot remove its own.
useOwnTemporaryFolder();
try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error;
  if (!isUsage && !(error instanceof PatchError) && !(error instanceof RangeError)) throw error;
  console.error(`${error.message}${isUsage ? `\n${help}` : ""}`);
  process.exitCode = 2;
}

/** @returns The exit code: 1 when the suite misses too much, or what it misses is not explained. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      only: { type: "string", default: "" },
      all: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      workers: { type: "string", default: String(availableParallelism()) },
      limit: { type: "string", default: "600" },
      markdown: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [seed, workers, limit] = [
    wholeNumber("seed", values.seed, 0),
    wholeNumber("workers", values.workers, 1),
    wholeNumber("limit", values.limit, 1),
  ];
  const mutants = allMutants(root);
  const drawn = values.all
    ? [...mutants.byHand, ...[...mutants.byRule.values()].flat()]
    : drawMutants(mutants, seed);
  const wanted = drawn.filter(({ id }) => id.includes(values.only));
  if (values.list) {
    for (const { id } of wanted) console.log(id);
    return 0;
  }
  if (wanted.length === 0) throw new RangeError(`No defect has "${values.only}" in its id`);

  console.log(`${wanted.length} defects, seed ${seed}; first the suite without any …`);
  const results = await runMutants(root, wanted, {
    workers,
    limitMs: limit * 1000,
    signal: stopped.signal,
    onResult: (result, done) => console.log(`${done}/${wanted.length} ${told(result)}`),
  });
  const judgement = judge(results, mutants);
  if (values.markdown !== undefined) {
    await writeFile(values.markdown, `${report(results, judgement, seed)}\n`);
  } else {
    console.log(`\n${report(results, judgement, seed)}`);
  }
  for (const complaint of judgement.complaints) console.error(complaint);
  console.log(`${percent(judgement.score)} of ${results.length} defects are found`);
  return judgement.complaints.length > 0 ? 1 : 0;
}

function told({ mutant, outcome, took }: Result): string {
  const why = outcome.is === "killed" ? ` by ${outcome.by}` : "";
  return `${outcome.is} after ${(took / 1000).toFixed(0)} s: ${mutant.id}${why}`;
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${option} is a whole number from ${least}, not "${text}"`);
}
