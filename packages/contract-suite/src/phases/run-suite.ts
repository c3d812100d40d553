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

/** Why a phase cannot run against a target. */
const obstacles: Partial<Record<Phase, (run: Run) => string | undefined>> = {
  relations: whyNoRelation,
  stateful: whyNoWalk,
};

/** Relations come first: they need validation codes that can still be used. */
export const defaultPhases = ["relations", "examples", "coverage"] as const;

export interface SuiteOptions {
  contract: Contract;
  target: Target;
  /** @default relations where the contract has some, examples and coverage, which send the same each time */
  phases?: readonly Phase[] | undefined;
  /** Sends only this case, or the cases of this scenario. */
  only?: string | undefined;
  /** Sends nothing more once a check does not hold. */
  stopAtFirst?: boolean;
  /** What fuzz and stateful draw from. @default random */
  seed?: number | undefined;
  /**
   * How many requests fuzz draws at most, and how many walks stateful takes: the same seed and number are
   * the same run again.
   *
   * @default 5000; no limit when `time` is given
   */
  maxCases?: number | undefined;
  /** How long fuzz draws at most, in milliseconds. @default 60_000 */
  time?: number | undefined;
  /** The one counterexample of a seed to see again. */
  path?: string | undefined;
  /** How long an answer may take, in milliseconds. @default the target's timeout */
  maxResponseTime?: number | undefined;
  /** What of the contract needs no proof. */
  waivers?: readonly Waiver[];
  /** Called after each case was sent. */
  onExchange?: (exchange: Exchange) => void;
}

/** What a check came to. */
export interface CheckResult {
  name: string;
  summary: string;
  /** How many exchanges it had something to say about. */
  judged: number;
  /** How many failures it has, those that were drawn and made smaller left out. */
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
  /**
   * How many were not judged: they had more than 8,192 bytes before the body, and got 414 or 431, as any
   * gateway may answer.
   */
  tooLong: number;
  /** What of the contract they proved. */
  matrix: Matrix;
  checks: CheckResult[];
  /** What was drawn from. */
  seed: number;
  /** What was drawn, and which drawings `time` cut short. Empty without fuzz and stateful. */
  drawings: Drawing[];
  /** In milliseconds. */
  took: number;
}

/**
 * Tests an implementation against a contract.
 *
 * @throws {UnreachableError} When nothing answers.
 * @throws {HangingError} When an answer does not come in time.
 * @throws {SeedError} When `only` names no case.
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
    throw new SeedError(`there is no case ${options.only}`);
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
        ? "every operation writes; --read-only, or another machine without --write, forbids it"
        : "--time was over before the first request";
  return new NothingJudgedError(`the phase ${phase} sent nothing: ${why}`);
}
