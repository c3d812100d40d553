import { setTimeout as wait } from "node:timers/promises";
import { checks } from "./checks/index.ts";
import type { Check, Context } from "./checks/check.ts";
import type { Contract } from "./contract/read-contract.ts";
import { Recorder } from "./coverage/recorder.ts";
import type { Case, Intent } from "./exchange/case.ts";
import { curlOf } from "./exchange/curl.ts";
import type { Exchange } from "./exchange/exchange.ts";
import type { Failure } from "./exchange/failure.ts";
import type { MockControl } from "./exchange/mock-control.ts";
import { controlOf } from "./exchange/mock-control.ts";
import { senderTo } from "./exchange/send.ts";
import { isLoopback, type Target } from "./exchange/target.ts";

/** How many exchanges are kept for the caller, and for the checks to look back at. */
const mostKept = 20_000;
const mostEarlier = 2000;

/** How often a check had something to say, and how often it did not hold. */
export interface Tally {
  judged: number;
  failed: number;
}

export interface Performed {
  exchange: Exchange;
  failures: Failure[];
}

/** A run in progress: what phases send through, and where all is kept. */
export interface Run {
  contract: Contract;
  target: Target;
  readOnly: boolean;
  /** Undefined when the target is no mock. */
  control: MockControl | undefined;
  /** Only this case, or the cases of this scenario, are sent. */
  only: string | undefined;
  /** The first of them; what is drawn for an hour would fill the memory. */
  exchanges: Exchange[];
  /** How many there were. */
  sent: number;
  /** What of the contract was proved. */
  recorder: Recorder;
  failures: Failure[];
  tallies: Map<string, Tally>;
  /** True when nothing more is to be sent: a failure was found, and the first is enough. */
  readonly isOver: boolean;
  /** Sends a case and has all checks look at what came of it; the failures are kept for the report. */
  perform(one: Case): Promise<Performed>;
  /** The same, but the failures are only told: one that can be made smaller is not for the report. */
  attempt(one: Case): Promise<Performed>;
  /** Begins anew: the mock forgets everything, and so do the checks. */
  reset(): Promise<void>;
  close(): void;
}

export interface RunOptions {
  contract: Contract;
  target: Target;
  only?: string | undefined;
  stopAtFirst?: boolean | undefined;
  /** In milliseconds. @default the time in which an answer has to come at all */
  maxResponseTime?: number | undefined;
  /** Told of each case once it was sent. */
  onExchange?: ((caseId: string) => void) | undefined;
}

/** @throws {UnreachableError} When there is no mock to control. */
export async function startRun(options: RunOptions): Promise<Run> {
  const {
    contract,
    target,
    only,
    stopAtFirst = false,
    maxResponseTime = target.timeout ?? 10_000,
  } = options;
  const control = target.control === undefined ? undefined : await controlOf(target.control);
  const { send, close } = senderTo(target, () => control?.now() ?? Date.now());
  const applicable = checks.filter((check) => check.inapplicable?.(contract) === undefined);
  const tallies = new Map(applicable.map(({ name }) => [name, { judged: 0, failed: 0 }]));
  const recorder = new Recorder(contract);
  let earlier: Exchange[] = [];
  let byCase = new Map<string, Exchange>();
  const find = (caseId: string) => byCase.get(caseId);

  const judge = (check: Check, exchange: Exchange, context: Context) => {
    const verdict = check.judge(exchange, context);
    const tally = tallies.get(check.name);
    if (!verdict || !tally) return [];
    tally.judged++;
    if (verdict.wrong === undefined) return [];
    tally.failed++;
    const { id, operation, draft } = exchange.case;
    const curl = curlOf(exchange.request, draft, target.tokenName);
    const message = verdict.wrong;
    const replay = replayOf(exchange.case);
    return [{ check: check.name, operationId: operation.id, caseId: id, message, replay, curl }];
  };

  const look = (exchange: Exchange): Performed => {
    const context: Context = { contract, earlier, find, maxResponseTime };
    const failures = applicable.flatMap((check) => judge(check, exchange, context));
    earlier.push(exchange);
    byCase.set(exchange.case.id, exchange);
    if (earlier.length > mostEarlier) earlier.shift();
    recorder.record(exchange);
    run.sent++;
    if (run.exchanges.length < mostKept) run.exchanges.push(exchange);
    options.onExchange?.(exchange.case.id);
    return { exchange, failures };
  };

  const run: Run = {
    contract,
    target,
    readOnly: target.readOnly ?? !isLoopback(target.baseUrl),
    control,
    only,
    exchanges: [],
    sent: 0,
    recorder,
    failures: [],
    tallies,
    get isOver() {
      return stopAtFirst && run.failures.length > 0;
    },
    async attempt(one) {
      const exchange = await send(one);
      const seconds = control ? undefined : toldToWait(exchange);
      if (seconds === undefined) return look(exchange);
      // Nobody asked this service for a 429: it is to be obeyed, and to have told the truth.
      const { id } = one;
      const throttled: Case = { ...one, id: `${id}#throttled`, intent: provoked };
      const before = look({ ...exchange, case: throttled });
      await wait(seconds * 1000);
      const next = await send(one);
      const waited: Intent = { kind: "waited", of: throttled.id, seconds, isEnough: true };
      const isTrue = next.answer?.status !== 429;
      const after = look(isTrue ? next : { ...next, case: { ...one, intent: waited } });
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
    close,
  };
  return run;
}

const provoked: Intent = { kind: "provoked", status: 429 };

/** The longest time to wait for a service, in seconds. */
const longestWait = 120;

/** How many seconds an answer of 429 tells to wait. */
function toldToWait({ answer }: Exchange): number | undefined {
  if (answer?.status !== 429) return undefined;
  const told = Number(answer.headers["retry-after"]);
  return Number.isFinite(told) && told >= 0 && told <= longestWait ? told : undefined;
}

/** What to add to the command to send a case again, and those before it in its scenario. */
export function replayOf({ id }: Case): string {
  const [scenario = ""] = id.split("#");
  return `--phase ${scenario.split("/")[0]} --only '${scenario}'`;
}
