import { checks } from "./checks/index.ts";
import type { Contract } from "./contract/read-contract.ts";
import { type Matrix, matrixOf } from "./coverage/matrix.ts";
import type { Waiver } from "./coverage/waivers.ts";
import { SeedError } from "./errors.ts";
import type { Exchange } from "./exchange/exchange.ts";
import type { Failure } from "./exchange/failure.ts";
import type { Target } from "./exchange/target.ts";
import { coverage } from "./phases/coverage.ts";
import { examples } from "./phases/examples.ts";
import { fuzz } from "./phases/fuzz.ts";
import { stateful } from "./phases/stateful.ts";
import { type Run, startRun } from "./run.ts";

const phases = {
  examples,
  coverage,
  fuzz,
  stateful,
} satisfies Record<string, (run: Run, options: Drawn) => Promise<void>>;

interface Drawn {
  seed: number;
  path: string | undefined;
  time: number;
}

export type Phase = keyof typeof phases;
export const phaseNames = Object.keys(phases) as Phase[];

export interface SuiteOptions {
  contract: Contract;
  target: Target;
  /** @default examples and coverage, which send the same each time */
  phases?: readonly Phase[];
  /** Sends only this case, or the cases of this scenario. */
  only?: string | undefined;
  /** Sends nothing more once a check does not hold. */
  stopAtFirst?: boolean;
  /** What fuzz and stateful draw from. @default random */
  seed?: number | undefined;
  /** How long fuzz draws, in milliseconds. @default 10_000 */
  time?: number | undefined;
  /** The one counterexample of a seed to see again. */
  path?: string | undefined;
  /** How long an answer may take, in milliseconds. @default the target's timeout */
  maxResponseTime?: number | undefined;
  /** What of the contract needs no proof. */
  waivers?: readonly Waiver[];
  /** Told of each case once it was sent. */
  onExchange?: (caseId: string) => void;
}

/** What a check came to. */
export interface CheckResult {
  name: string;
  summary: string;
  /** How many exchanges it had something to say about. */
  judged: number;
  failed: number;
  /** Why it cannot apply to this contract. */
  inapplicable?: string | undefined;
}

export interface SuiteResult {
  failures: Failure[];
  /** The first 20,000. */
  exchanges: Exchange[];
  /** How many requests were sent. */
  sent: number;
  /** What of the contract they proved. */
  matrix: Matrix;
  checks: CheckResult[];
  /** What was drawn from. */
  seed: number;
  /** In milliseconds. */
  took: number;
}

/**
 * Tests an implementation against a contract.
 *
 * @throws {UnreachableError} When nobody is there.
 * @throws {HangingError} When an answer does not come in time.
 * @throws {SeedError} When `only` names no case.
 * @example
 * const result = await runSuite({ contract: readContract(document), target: { baseUrl: mock.url } });
 * for (const { check, message, curl } of result.failures) console.log(check, message, curl);
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const began = performance.now();
  const { path, seed = Math.floor(Math.random() * 2 ** 31), time = 10_000 } = options;
  const run = await startRun(options);
  try {
    for (const name of options.phases ?? (["examples", "coverage"] as const)) {
      if (!run.isOver) await phases[name](run, { seed, path, time });
    }
  } finally {
    run.close();
  }
  const { exchanges, sent, recorder, failures, tallies } = run;
  if (options.only !== undefined && sent === 0) {
    throw new SeedError(`there is no case ${options.only}`);
  }
  return {
    failures,
    exchanges,
    sent,
    matrix: matrixOf(options.contract, recorder, options.waivers),
    checks: checks.map((check): CheckResult => {
      const { judged, failed } = tallies.get(check.name) ?? { judged: 0, failed: 0 };
      const inapplicable = check.inapplicable?.(options.contract);
      return { name: check.name, summary: check.summary, judged, failed, inapplicable };
    }),
    seed,
    took: performance.now() - began,
  };
}
