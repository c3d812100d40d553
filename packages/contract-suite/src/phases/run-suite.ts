import { type Contract, isSafe } from "@partner-qualifications/spec/model";
import type { Check } from "../checks/check.ts";
import { checksOf } from "../checks/index.ts";
import { type Matrix, matrixOf } from "../coverage/matrix.ts";
import type { Waiver } from "../coverage/waivers.ts";
import { NothingJudgedError, SeedError } from "../errors.ts";
import type { Exchange, Failure } from "../exchange/exchange.ts";
import type { Target } from "../exchange/target.ts";
import { coverage } from "./coverage.ts";
import { examples } from "./examples.ts";
import { fuzz } from "./fuzz.ts";
import { relations, whyNoRelation } from "./relations.ts";
import type { Phase } from "./names.ts";
import { type Drawing, type Run, startRun } from "./run.ts";
import { stateful, whyNoWalk } from "./stateful.ts";
import { modelCheck } from "./walk-calls.ts";

const phases: Record<Phase, (run: Run, options: Drawn) => Promise<void>> = {
  relations,
  examples,
  coverage,
  fuzz,
  stateful,
};

interface Drawn {
  seed: number;
  path: string | undefined;
  maxCases: number;
  time: number;
}

/** Returns why a phase cannot run against a target. */
const obstacles: Partial<Record<Phase, (run: Run) => string | undefined>> = {
  relations: whyNoRelation,
  stateful: whyNoWalk,
};

/** Relations come first: they need unused validation codes. */
export const defaultPhases = ["relations", "examples", "coverage"] as const;

export interface SuiteOptions {
  contract: Contract;
  target: Target;
  /**
   * @default relations (if the contract has some), examples and coverage, which send the same requests
   * every time
   */
  phases?: readonly Phase[] | undefined;
  /** Sends only this case, or the cases of this scenario. */
  only?: string | undefined;
  /** Stops after the first failed check. */
  stopAtFirst?: boolean;
  /** Seed of fuzz and stateful. @default random */
  seed?: number | undefined;
  /**
   * Maximum number of requests in fuzz, and of walks in stateful. The same seed and number repeat the
   * run.
   *
   * @default 5000; no limit if `time` is given
   */
  maxCases?: number | undefined;
  /** Maximum drawing time of fuzz, in milliseconds. @default 60_000 */
  time?: number | undefined;
  /** Path of a seed's counterexample to replay. */
  path?: string | undefined;
  /** Maximum response time, in milliseconds. @default the target's timeout */
  maxResponseTime?: number | undefined;
  /** Statements of the contract that need no proof. */
  waivers?: readonly Waiver[];
  /** Called after each case. */
  onExchange?: (exchange: Exchange) => void;
}

/** The result of a check. */
export interface CheckResult {
  name: string;
  summary: string;
  /** Number of exchanges that it applied to. */
  judged: number;
  /** Number of failures, without those found while shrinking. */
  failed: number;
  /** Why it cannot apply to this contract. */
  inapplicable?: string | undefined;
}

export interface SuiteResult {
  failures: Failure[];
  /** The first 20,000. */
  exchanges: Exchange[];
  /** Number of requests sent. */
  sent: number;
  /**
   * Number of requests that were not judged: they had more than 8,192 bytes before the body, and got 414
   * or 431, as any gateway may answer.
   */
  tooLong: number;
  /** The contract's statements, proved or not. */
  matrix: Matrix;
  checks: CheckResult[];
  /** The seed. */
  seed: number;
  /** What was drawn, and which drawings `time` cut short. Empty without fuzz and stateful. */
  drawings: Drawing[];
  /** In milliseconds. */
  took: number;
}

/**
 * Tests an implementation against a contract.
 *
 * @throws {UnreachableError} When no server answers.
 * @throws {HangingError} When a response does not arrive in time.
 * @throws {SeedError} When `only` matches no case.
 * @throws {NothingJudgedError} When a phase cannot run, sends nothing, or no valid request is accepted.
 * @example
 * const result = await runSuite({ contract: readContract(document), target: { baseUrl: mock.url } });
 * for (const { check, message, curl } of result.failures) console.log(check, message, curl);
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const began = performance.now();
  const { path, seed = Math.floor(Math.random() * 2 ** 31), time = 60_000 } = options;
  const { maxCases = options.time === undefined ? 5000 : Infinity } = options;
  const run = await startRun(options);
  try {
    const isPossible = (name: Phase) => obstacles[name]?.(run) === undefined;
    const names = options.phases ?? defaultPhases.filter(isPossible);
    for (const name of names) {
      const why = obstacles[name]?.(run);
      if (why) throw new NothingJudgedError(`the phase ${name} cannot run: ${why}`);
    }
    for (const name of names) {
      if (run.isOver) break;
      const before = run.sent;
      await phases[name](run, { seed, path, maxCases, time });
      if (run.sent === before && options.only === undefined) throw sentNothing(run, name);
    }
  } finally {
    await run.close();
  }
  const { exchanges, sent, recorder, failures, judged } = run;
  if (options.only !== undefined && sent === 0) {
    throw new SeedError(`no case is named ${options.only}`);
  }
  const ofPhases: Pick<Check, "name" | "summary" | "inapplicable">[] = judged.has(modelCheck.name)
    ? [modelCheck]
    : [];
  const { valid } = run;
  if (options.only === undefined && failures.length === 0 && valid.sent > 0 && !valid.accepted) {
    throw new NothingJudgedError(
      `none of the ${valid.sent} valid requests was accepted; the first got ${valid.refused}. Check the token and the customer`,
    );
  }
  return {
    failures,
    exchanges,
    sent,
    tooLong: run.tooLong,
    matrix: matrixOf(options.contract, run.schemas, recorder, options.waivers),
    checks: [...checksOf(options.contract), ...ofPhases].map((check): CheckResult => {
      const { name, summary } = check;
      const failed = failures.filter((failure) => failure.check === name).length;
      const inapplicable = check.inapplicable?.(options.contract);
      return { name, summary, judged: judged.get(name) ?? 0, failed, inapplicable };
    }),
    seed,
    drawings: run.drawings,
    took: performance.now() - began,
  };
}

function sentNothing({ contract: { operations }, readOnly }: Run, phase: Phase): Error {
  const why =
    operations.length === 0
      ? "the contract has no operations"
      : readOnly && !operations.some(isSafe)
        ? "every operation writes, and the run is read-only (--read-only, or a remote host without --write)"
        : "--time ran out before the first request";
  return new NothingJudgedError(`the phase ${phase} sent nothing: ${why}`);
}
