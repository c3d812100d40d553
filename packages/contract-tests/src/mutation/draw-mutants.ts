import type { Mutants } from "./all-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { sample } from "./sample.ts";

/** How many are drawn of what each rule finds. */
const drawn: Record<string, number> = {
  "simulator/comparisons": 8,
  "simulator/connectives": 5,
  "simulator/guards": 8,
  "simulator/statuses": 6,
  "simulator/numbers": 4,
  "simulator/headers": 4,
  "client/statuses": 4,
  "client/headers": 4,
  "contract/status": 3,
  "contract/parameter": 3,
  "contract/header": 3,
  "contract/property": 3,
  "contract/type": 3,
};

/**
 * The mutants of one run: all that were thought of, and some of those that the rules have found.
 *
 * @param seed The same seed draws the same mutants.
 */
export function drawMutants({ byHand, byRule }: Mutants, seed: number): Mutant[] {
  const ofRules = [...byRule].flatMap(([rule, mutants]) => {
    const count = drawn[rule];
    if (count === undefined) throw new Error(`Nothing says how many of ${rule} are drawn`);
    return sample(mutants, count, seed);
  });
  return [...byHand, ...ofRules];
}
