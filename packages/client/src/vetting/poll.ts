import type { CustomerQualification, ReadList } from "../answers/read-qualification.ts";
import { checkNames, checkPositive } from "../check.ts";
import { AbortedError, InvalidRequestError, PartnerCenterError } from "../errors/errors.ts";
import type { CallOptions } from "../pipeline/call.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import { type Bound, boundBy, isOlder, standing } from "./bound.ts";
import { isDoubtful, isFinal } from "./failures.ts";
import { createSchedule, type PollInterval } from "./schedule.ts";
import type { Write } from "./send-request.ts";

/** How a vetting ended. */
export type Outcome =
  | { status: "Approved"; item: CustomerQualification }
  | { status: "Denied"; reason: string | undefined; item: CustomerQualification };

/** The result of one poll. */
export interface Progress {
  /** The qualification, once the list has it. */
  item: CustomerQualification | undefined;
  /** `InReview`, or an unknown value, which the client treats as still pending. */
  status: string | undefined;
  outcome: Outcome | undefined;
  /** Items of this qualification that do not count, with the reason. */
  ignored: Ignored[];
  /** How many members of the list are unreadable. */
  unreadable: number;
  /** The failure of this poll. Polling continues. */
  error: PartnerCenterError | undefined;
  /** The number of polls; 0 when the response to the request has the outcome. */
  polls: number;
  /** The wait before the next poll, in milliseconds; `undefined` at the end. */
  nextMs: number | undefined;
}

export interface Ignored {
  item: CustomerQualification;
  /**
   * `older`: a denial from before the request. `perhapsOlder`: a denial without a date, or with one too close
   * to the request for the clocks; it counts after ten minutes.
   */
  why: "older" | "perhapsOlder";
}

export interface PollOptions extends Pick<CallOptions, "headers" | "onResponse"> {
  /** Ends only the polling. The vetting continues, and can be polled again. */
  signal?: AbortSignal | undefined;
  /**
   * Called after each poll; the next one waits for a promise that it returns. If it fails, its error is logged
   * to the console and polling continues.
   */
  onProgress?: ((progress: Progress) => unknown) | undefined;
  interval?: PollInterval | undefined;
  /**
   * How long the same doubtful failure may last before it ends the polling, in milliseconds, over at least
   * five polls: a 401, a 404, a failing credential. Temporary failures (no response, 429, 5xx, a credential
   * without a network) never end it. What only a person can fix (403, an Entra sign-in) ends it at once.
   *
   * @default 14_400_000
   */
  patienceMs?: number | undefined;
  /** Whether the program may exit between two polls: the timers then do not keep Node alive. */
  unref?: boolean | undefined;
}

/** A vetting, as the polling sees it. */
export interface Polled {
  readonly qualification: string;
  readonly write: Write | undefined;
  readonly item: CustomerQualification | undefined;
  readonly list: (options: CallOptions) => Promise<ReadList>;
  readonly runtime: Runtime;
  /** When the request was accepted or resumed, on the monotonic clock. */
  readonly began: number;
  bound: Bound;
  isPolling: boolean;
  /** The doubtful failure of the latest polls. */
  doubt: { about: string; since: number; polls: number } | undefined;
}

/** A denial counts this long after the request if nothing is in review. */
const settleMs = 10 * 60_000;

/** Polls may be half a day apart, so that two failures prove nothing yet. */
const fewestPolls = 5;

/** Polls until a vetting has ended, and yields each poll; the last one has the outcome. */
export async function* poll(
  vetting: Polled,
  options: Omit<PollOptions, "onProgress">,
): AsyncGenerator<Progress, void> {
  checkNames("poll", options, [
    "signal",
    "headers",
    "onResponse",
    "interval",
    "patienceMs",
    "unref",
  ] satisfies (keyof PollOptions)[]);
  const { interval = {}, patienceMs = 4 * 3_600_000, unref, ...call } = options;
  checkPositive("patienceMs", patienceMs);
  const waitAfter = createSchedule(interval, vetting.runtime);
  if (vetting.isPolling)
    throw new InvalidRequestError("vetting", "is already being polled; wait for that loop to end");
  vetting.isPolling = true;
  try {
    const { item } = vetting;
    for (let polls = 0; ; polls++) {
      const seen = polls
        ? await pollOnce(vetting, call, patienceMs)
        : judge(vetting, item ? [item] : []);
      // The response to the request may already have the outcome.
      if (polls === 0 && !seen.outcome) continue;
      const nextMs = seen.outcome ? undefined : waitAfter(polls, seen.error?.retryAfterMs);
      yield { ...seen, polls, nextMs };
      if (nextMs === undefined) return;
      await vetting.runtime.sleep(nextMs, call.signal, unref).catch((cause: unknown) => {
        throw new AbortedError("Polling was aborted", {}, { cause });
      });
    }
  } finally {
    vetting.isPolling = false;
  }
}

async function pollOnce(vetting: Polled, call: CallOptions, patienceMs: number) {
  try {
    const { items, unreadable } = await vetting.list(call);
    vetting.doubt = undefined;
    return judge(vetting, items, unreadable);
  } catch (error) {
    if (!(error instanceof PartnerCenterError) || isFinal(error)) throw error;
    const { doubt } = vetting;
    const about = `${error.kind} ${error.status} ${error.code}`;
    const now = elapsed(vetting.runtime);
    if (!isDoubtful(error)) vetting.doubt = undefined;
    else if (doubt?.about !== about) vetting.doubt = { about, since: now, polls: 1 };
    else if (++doubt.polls >= fewestPolls && now - doubt.since >= patienceMs) throw error;
    return judge(vetting, [], 0, error);
  }
}

/** Finds the item that results from the request, and whether it ends the vetting. */
function judge(
  vetting: Polled,
  items: CustomerQualification[],
  unreadable = 0,
  error?: PartnerCenterError,
): Omit<Progress, "polls" | "nextMs"> {
  const hasSettled = elapsed(vetting.runtime) - vetting.began >= settleMs;
  const ignored: Ignored[] = [];
  const item = standing(
    items.filter((one) => {
      if (one.qualification !== vetting.qualification) return false;
      if (one.vettingStatus !== "Denied") return true;
      // The request's own response is about the request, unless its date contradicts.
      const isAnswer = one === vetting.item && vetting.write === "created";
      const older = isOlder(one, vetting.bound) ?? (hasSettled || isAnswer ? false : undefined);
      if (older === false) return true;
      ignored.push({ item: one, why: older ? "older" : "perhapsOlder" });
      return false;
    }),
  );
  // From the first date in review on, only the service's own dates are compared.
  if (item?.vettingStatus === "InReview" && !vetting.bound.exact)
    vetting.bound = boundBy(item) ?? vetting.bound;
  return {
    item,
    status: item?.vettingStatus,
    outcome: item && outcomeOf(item),
    ignored,
    unreadable,
    error,
  };
}

function outcomeOf(item: CustomerQualification): Outcome | undefined {
  const { qualification, vettingStatus } = item;
  // A state-owned entity is not reviewed, so it is there at once and has no status.
  const isThere = vettingStatus == null && qualification === "StateOwnedEntity";
  if (isThere || vettingStatus === "Approved") return { status: "Approved", item };
  if (vettingStatus === "Denied") return { status: "Denied", reason: item.vettingReason, item };
  return undefined;
}
