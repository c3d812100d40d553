import type { Mutants } from "./all-mutants.ts";
import { knownSurvivors } from "./known-survivors.ts";
import type { Result } from "./run-mutants.ts";

/** The share of the mutants, those that are equivalent aside, that the suite has to find. */
export const leastScore = 0.95;

export interface Judgement {
  killed: Result[];
  timedOut: Result[];
  /** Nothing could be run: neither found nor missed. */
  broken: Result[];
  survivors: Result[];
  equivalent: Result[];
  /** Of those that are not equivalent, the share that was found. */
  score: number;
  /** What is wrong with the run or with what is known; empty when nothing is. */
  complaints: string[];
}

/** Says what a run of mutants tells of the suite. */
export function judge(results: Result[], { byHand, byRule }: Mutants): Judgement {
  const which = (is: Result["outcome"]["is"]) => results.filter(({ outcome }) => outcome.is === is);
  const [killed, timedOut, broken, passed] = [
    which("killed"),
    which("timed out"),
    which("broken"),
    which("survived"),
  ] as const;
  const survivors = passed.filter((result) => !isEquivalent(result));
  const equivalent = passed.filter(isEquivalent);
  const found = killed.length + timedOut.length;
  const score = found / (found + broken.length + survivors.length || 1);

  const ids = new Set([...byHand, ...[...byRule.values()].flat()].map(({ id }) => id));
  const complaints = [
    ...survivors
      .filter(({ mutant }) => !knownSurvivors[mutant.id])
      .map(({ mutant }) => `nobody has explained why it survives: ${mutant.id}`),
    ...[...killed, ...timedOut]
      .filter(({ mutant }) => knownSurvivors[mutant.id])
      .map(({ mutant }) => `it is found, though it is said to get by: ${mutant.id}`),
    ...Object.keys(knownSurvivors)
      .filter((id) => !ids.has(id))
      .map((id) => `it is explained, and no longer there: ${id}`),
    ...broken.map(({ mutant }) => `no test could be run: ${mutant.id}`),
  ];
  if (score < leastScore) complaints.push(`only ${percent(score)} are found`);
  return { killed, timedOut, broken, survivors, equivalent, score, complaints };
}

function isEquivalent({ mutant }: Result): boolean {
  return knownSurvivors[mutant.id]?.is === "equivalent";
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
