import { caseMaker } from "../generate/request-cases.ts";
import { exampleCases } from "../generate/valid-cases.ts";
import type { Run } from "../run.ts";
import { performCases } from "./perform-cases.ts";

/** Sends each example of the contract. */
export async function examples(run: Run): Promise<void> {
  const { contract, target } = run;
  await run.reset();
  for (const operation of contract.operations) {
    await performCases(run, exampleCases(caseMaker(contract, operation, target.values)));
  }
}
