import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { median } from "../table.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/**
 * Times all contenders once per round, in another order each round, so that other load on the machine
 * affects all of them. The first round is a warm-up.
 *
 * @returns For each contender, the median ratio of its time to that of the first one.
 */
export async function interleave(
  contenders: Record<string, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<string, number>> {
  const names = Object.keys(contenders);
  const ratios: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const times: Record<string, number> = {};
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(place + round) % names.length]!;
      // The next contender does not pay for the garbage of the last one.
      collectGarbage();
      const start = performance.now();
      await contenders[name]!();
      times[name] = performance.now() - start;
    }
    if (round === 0) continue;
    for (const name of names) ratios[name]!.push(times[name]! / times[names[0]!]!);
  }
  return Object.fromEntries(names.map((name) => [name, median(ratios[name]!)]));
}
