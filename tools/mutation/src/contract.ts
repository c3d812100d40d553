// Runs the contract suite with mutants of the contract against the unchanged mock. The suite must fail
// for each.

import { parseArgs } from "node:util";
import {
  gapsOf,
  readContract,
  readWaivers,
  runSuite,
} from "@partner-qualifications/contract-suite";
import { startMock } from "@partner-qualifications/mock";
import { document } from "@partner-qualifications/spec/model";
import { type ContractMutant, contractMutants, mutated } from "./contract-rules.ts";

const help = `Usage: node tools/mutation/src/contract.ts [options]
  --per-rule N  mutants of each rule (6)
  --all         every mutant of each rule`;

/** The required share of killed mutants. */
const leastScore = 0.95;

const { values } = parseArgs({
  options: {
    "per-rule": { type: "string", default: "6" },
    all: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(help);
else process.exitCode = await main(values.all ? Infinity : Number(values["per-rule"]));

async function main(perRule: number): Promise<number> {
  const baseline = await firstFailure(document);
  if (baseline !== undefined) throw new Error(`The suite fails without a mutant: ${baseline}`);

  let [killed, count] = [0, 0];
  for (const [rule, mutants] of Object.entries(contractMutants(document))) {
    for (const mutant of spread(mutants, perRule)) {
      const failure = await firstFailure(mutated(document, mutant));
      count++;
      if (failure !== undefined) killed++;
      console.log(line(rule, mutant, failure));
    }
  }
  const score = killed / count;
  console.log(`Contract: ${killed} of ${count} mutants killed (${(score * 100).toFixed(1)} %).`);
  return score < leastScore ? 1 : 0;
}

function line(rule: string, { defect }: ContractMutant, failure: string | undefined): string {
  return failure === undefined
    ? `survived  ${rule}: ${defect}`
    : `killed    ${rule}: ${defect} — ${failure}`;
}

/** Runs the deterministic phases until the first failure. */
async function firstFailure(contract: object): Promise<string | undefined> {
  try {
    await using mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
    const { failures, matrix } = await runSuite({
      contract: readContract(contract),
      target: { baseUrl: mock.url, control: mock.url, timeoutMs: 60_000 },
      waivers: readWaivers(),
      stopAtFirst: true,
      // Allows for a busy machine.
      maxResponseTime: 60_000,
    });
    const [first] = failures;
    return first ? `${first.check} in ${first.caseId}` : gapsOf(matrix)[0];
  } catch (error) {
    // A mutant may be an invalid contract.
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

/** Returns up to `count` of the mutants, evenly spaced. */
function spread(mutants: ContractMutant[], count: number): ContractMutant[] {
  if (mutants.length <= count) return mutants;
  const step = mutants.length / count;
  return Array.from({ length: count }, (_, index) => mutants[Math.floor(index * step)]!);
}
