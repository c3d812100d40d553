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

/** How many exchanges are kept for the caller, and for the checks to compare with. */
const mostKept = 20_000;
const mostEarlier = 2000;

/** What every gateway accepts of an address and headers; many refuse more with 414 or 431. */
export const mostHeadBytes = 8192;

/** What came of drawing one kind of request, or walks. */
export interface Drawing {
  /** For instance `fuzz/getCustomer/valid`. */
  name: string;
  cases: number;
  /** Time was over before all were drawn. */
  wasCut: boolean;
}

export interface Performed {
  exchange: Exchange;
  failures: Failure[];
}

/** A run in progress: what phases send through, and where all is kept. */
export interface Run {
  contract: Contract;
  schemas: Schemas;
  target: Target;
  readOnly: boolean;
  /** Undefined when the target is not the mock. */
  mock: MockInfo | undefined;
  /** Undefined when the target is not the mock, or its clock and faults are to be left alone. */
  control: MockControl | undefined;
  /** Only this case, or the cases of this scenario, are sent. */
  only: string | undefined;
  /** The first of them; what is drawn for an hour would fill the memory. */
  exchanges: Exchange[];
  /** How many there were. */
  sent: number;
  /** How many of those that conform to the contract were sent and accepted, and how the first was refused. */
  valid: { sent: number; accepted: number; refused?: string };
  /** How many of them were refused as longer than a gateway has to accept: of these, nothing was judged. */
  tooLong: number;
  /** What of the contract was proved. */
  recorder: Recorder;
  /** What was drawn from the seed. */
  drawings: Drawing[];
  failures: Failure[];
  /** How often each check had something to say. */
  judged: Map<string, number>;
  /** True when nothing more is to be sent: a failure was found, and the first is enough. */
  readonly isOver: boolean;
  /** Sends a case and lets all checks judge the exchange; the failures are kept for the report. */
  perform(one: Case): Promise<Performed>;
  /** The same, but only returns the failures: one that can be made smaller is not for the report. */
  attempt(one: Case): Promise<Performed>;
  /** Begins anew: the mock forgets everything, and so do the checks. */
  reset(): Promise<void>;
  /** Gives the mock back as it was started. */
  close(): Promise<void>;
}

export interface RunOptions {
  contract: Contract;
  target: Target;
  only?: string | undefined;
  stopAtFirst?: boolean | undefined;
  /** In milliseconds. @default the time in which an answer has to come at all */
  maxResponseTime?: number | undefined;
  /** Called after each case was sent. */
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
  // To reset a mock is to change it.
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
      const seconds = isAboutThrottling(one) ? undefined : toldToWait(exchange);
      if (seconds === undefined) return judgeAll(exchange);
      // The suite did not cause this 429: it waits as long as Retry-After says, and checks that it is true.
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
      // A mock that is gone by now was missed by the checks.
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

/** Whether a case is there to be throttled, or to come back after it. */
function isAboutThrottling({ intent }: Case): boolean {
  return intent.kind === "waited" || (intent.kind === "provoked" && intent.status === 429);
}

/** The longest time to wait for a service, in seconds. */
const longestWait = 120;

/** The seconds in the Retry-After of a 429. */
function toldToWait({ answer }: Exchange): number | undefined {
  if (answer?.status !== 429) return undefined;
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= longestWait ? seconds : undefined;
}

/** What to add to the command to send a case again, and those before it in its scenario. */
export function replayOf({ id }: Case): string {
  const [scenario = ""] = id.split("#");
  return `--phase ${scenario.split("/")[0]} --only '${scenario}'`;
}

/** Sends cases one after another, as far as the run lets it. */
export async function performCases(run: Run, cases: Case[]): Promise<void> {
  for (const one of cases) {
    if (run.isOver) return;
    if (isWanted(run, one)) await run.perform(one);
  }
}

/** Whether a case may be sent, and is not left out of the run. */
export function isWanted({ readOnly, only }: Run, { id, operation, draft }: Case): boolean {
  if (only !== undefined && id !== only && !id.startsWith(`${only}#`)) return false;
  return !readOnly || (isSafe(operation) && isSafe({ ...operation, method: draft.method }));
}
