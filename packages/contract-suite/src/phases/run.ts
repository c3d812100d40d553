import { type Contract, isSafe } from "@partner-qualifications/spec/model";
import { setTimeout as wait } from "node:timers/promises";
import type { Check, Context } from "../checks/check.ts";
import { checksOf } from "../checks/index.ts";
import { Recorder } from "../coverage/recorder.ts";
import { curlOf } from "../exchange/curl.ts";
import type { Case, Exchange, Failure, Intent } from "../exchange/exchange.ts";
import { controlOf, findMock, type MockControl, type MockInfo } from "../exchange/mock-control.ts";
import { headBytes, senderTo } from "../exchange/send.ts";
import { isLoopback, type Target } from "../exchange/target.ts";
import { type Schemas, schemasOf } from "../schema-cases/schemas.ts";

/** Number of exchanges stored for the caller and for comparisons by checks. */
const mostKept = 20_000;
const mostEarlier = 2000;

/** Length of start line and headers that every gateway accepts; many answer more with 414 or 431. */
export const mostHeadBytes = 8192;

/** The result of drawing one kind of request, or walks. */
export interface Drawing {
  /** For example `fuzz/getCustomer/valid`. */
  name: string;
  cases: number;
  /** Whether time ran out before all were drawn. */
  wasCut: boolean;
}

export interface Performed {
  exchange: Exchange;
  failures: Failure[];
}

/** A run in progress: phases send through it, and it stores the results. */
export interface Run {
  contract: Contract;
  schemas: Schemas;
  target: Target;
  readOnly: boolean;
  /** Undefined if the target is not the mock. */
  mock: MockInfo | undefined;
  /** Undefined if the target is not the mock, or its clock and faults are left alone. */
  control: MockControl | undefined;
  /** If set, only this case, or the cases of this scenario, are sent. */
  only: string | undefined;
  /** The first exchanges; those of an hour would fill the memory. */
  exchanges: Exchange[];
  /** Number of all exchanges. */
  sent: number;
  /** Number of valid requests sent and accepted, and how the first was refused. */
  valid: { sent: number; accepted: number; refused?: string };
  /** Number of exchanges not judged because a gateway may refuse requests of that length. */
  tooLong: number;
  /** Records the proved statements. */
  recorder: Recorder;
  /** Results of the drawings. */
  drawings: Drawing[];
  failures: Failure[];
  /** Number of exchanges that each check applied to. */
  judged: Map<string, number>;
  /** True if nothing more is to be sent, after the first failure. */
  readonly isOver: boolean;
  /** Sends a case, has all checks judge the exchange, and stores the failures for the report. */
  perform(one: Case): Promise<Performed>;
  /** Like `perform`, but only returns the failures, because they may be shrunk. */
  attempt(one: Case): Promise<Performed>;
  /** Resets the mock and the checks' state. */
  reset(): Promise<void>;
  /** Resets the mock to its initial state. */
  close(): Promise<void>;
}

export interface RunOptions {
  contract: Contract;
  target: Target;
  only?: string | undefined;
  stopAtFirst?: boolean | undefined;
  /** In milliseconds. @default the target's timeout */
  maxResponseTime?: number | undefined;
  /** Called after each case. */
  onExchange?: ((exchange: Exchange) => void) | undefined;
}

/** @throws {UnreachableError} When there is no mock to control. */
export async function startRun(options: RunOptions): Promise<Run> {
  const {
    contract,
    target,
    only,
    stopAtFirst = false,
    maxResponseTime = target.timeoutMs ?? 10_000,
  } = options;
  const readOnly = target.readOnly ?? !isLoopback(target.baseUrl);
  const found = target.control ? undefined : await findMock(target.baseUrl, target.timeoutMs);
  // Resetting a mock changes it.
  const at = target.control ?? (readOnly ? undefined : found?.base);
  const control = at ? await controlOf(at) : undefined;
  const { send, close } = senderTo(target, () => control?.now() ?? Date.now());
  const applicable = checksOf(contract).filter(
    (check) => check.inapplicable?.(contract) === undefined,
  );
  const schemas = schemasOf(contract);
  const judged = new Map<string, number>();
  const recorder = new Recorder(schemas);
  let earlier: Exchange[] = [];
  let byCase = new Map<string, Exchange>();
  const find = (caseId: string) => byCase.get(caseId);

  const judge = (check: Check, exchange: Exchange, context: Context) => {
    const verdict = check.judge(exchange, context);
    if (!verdict) return [];
    judged.set(check.name, (judged.get(check.name) ?? 0) + 1);
    if (verdict.wrong === undefined) return [];
    const { id, operation, draft } = exchange.case;
    const curl = curlOf(exchange.request, draft, target.tokenName);
    const message = verdict.wrong;
    const replay = replayOf(exchange.case);
    return [{ check: check.name, operationId: operation.id, caseId: id, message, replay, curl }];
  };

  const judgeAll = (exchange: Exchange): Performed => {
    run.sent++;
    const isJudged = !isTooLong(exchange);
    if (!isJudged) run.tooLong++;
    const context: Context = { contract, schemas, earlier, find, maxResponseTime };
    const failures = isJudged ? applicable.flatMap((check) => judge(check, exchange, context)) : [];
    earlier.push(exchange);
    byCase.set(exchange.case.id, exchange);
    if (earlier.length > mostEarlier) earlier.shift();
    if (isJudged) recorder.record(exchange);
    countValid(run.valid, exchange);
    if (run.exchanges.length < mostKept) run.exchanges.push(exchange);
    options.onExchange?.(exchange);
    return { exchange, failures };
  };

  const run: Run = {
    contract,
    schemas,
    target,
    readOnly,
    mock: control ?? found,
    control,
    only,
    exchanges: [],
    sent: 0,
    tooLong: 0,
    valid: { sent: 0, accepted: 0 },
    recorder,
    drawings: [],
    failures: [],
    judged,
    get isOver() {
      return stopAtFirst && run.failures.length > 0;
    },
    async attempt(one) {
      const exchange = await send(one);
      const seconds = isAboutThrottling(one) ? undefined : retryAfterOf(exchange);
      if (seconds === undefined) return judgeAll(exchange);
      // The suite did not cause this 429: it waits for Retry-After and checks it.
      const { id } = one;
      const throttled: Case = { ...one, id: `${id}#throttled`, intent: provoked };
      const before = judgeAll({ ...exchange, case: throttled });
      await (control ? control.advance(`PT${seconds}S`) : wait(seconds * 1000));
      const next = await send(one);
      const waited: Intent = { kind: "waited", of: throttled.id, seconds, isEnough: true };
      const isTrue = next.answer?.status !== 429;
      const after = judgeAll(isTrue ? next : { ...next, case: { ...one, intent: waited } });
      return { exchange: next, failures: [...before.failures, ...after.failures] };
    },
    async perform(one) {
      const performed = await run.attempt(one);
      run.failures.push(...performed.failures);
      return performed;
    },
    async reset() {
      earlier = [];
      byCase = new Map();
      await control?.reset();
    },
    async close() {
      close();
      // If the mock is gone, the checks have reported it.
      await control?.release().catch(() => undefined);
    },
  };
  return run;
}

function isTooLong({ answer, request }: Exchange): boolean {
  const isRefused = answer?.status === 414 || answer?.status === 431;
  return isRefused && headBytes(request) > mostHeadBytes;
}

function countValid(valid: Run["valid"], { case: { intent }, answer, request }: Exchange): void {
  if (intent.kind !== "valid" || !answer) return;
  valid.sent++;
  if (answer.status < 300) valid.accepted++;
  else valid.refused ??= `${answer.status} for ${request.method} ${request.url}`;
}

const provoked: Intent = { kind: "provoked", status: 429 };

/** Whether a case is sent to be throttled, or after waiting. */
function isAboutThrottling({ intent }: Case): boolean {
  return intent.kind === "waited" || (intent.kind === "provoked" && intent.status === 429);
}

/** Maximum wait for a service, in seconds. */
const longestWait = 120;

/** Returns the seconds in the Retry-After of a 429. */
function retryAfterOf({ answer }: Exchange): number | undefined {
  if (answer?.status !== 429) return undefined;
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= longestWait ? seconds : undefined;
}

/** Returns the flags that replay a case and the earlier ones of its scenario. */
export function replayOf({ id }: Case): string {
  const [scenario = ""] = id.split("#");
  return `--phase ${scenario.split("/")[0]} --only '${scenario}'`;
}

/** Sends cases one by one, as far as the run allows. */
export async function performCases(run: Run, cases: Case[]): Promise<void> {
  for (const one of cases) {
    if (run.isOver) return;
    if (isWanted(run, one)) await run.perform(one);
  }
}

/** Whether a case may be sent and is part of the run. */
export function isWanted({ readOnly, only }: Run, { id, operation, draft }: Case): boolean {
  if (only !== undefined && id !== only && !id.startsWith(`${only}#`)) return false;
  return !readOnly || (isSafe(operation) && isSafe({ ...operation, method: draft.method }));
}
