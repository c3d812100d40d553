import { checkNames, checkPositive } from "../check.ts";
import {
  AbortedError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  PartnerCenterError,
  PermissionError,
} from "../errors/errors.ts";
import { isNetworkError } from "../errors/safe-cause.ts";
import type { CallOptions } from "../pipeline/call.ts";
import { tell } from "../pipeline/observe.ts";
import {
  type CustomerQualification,
  dateOf,
  type ReadList,
} from "../answers/read-qualification.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import { type Bound, isOlder, standing, wholeSecond } from "./bound.ts";
import { type VettingState, writeResumeToken } from "./resume-token.ts";
import { createSchedule, type PollInterval } from "./schedule.ts";
import type { Write } from "./send-request.ts";

/** How a vetting ended. */
export type Outcome =
  | { status: "Approved"; item: CustomerQualification }
  | { status: "Denied"; reason: string | undefined; item: CustomerQualification };

/** What one look has shown. */
export interface Progress {
  /** The qualification as it stands, once it is seen. */
  item: CustomerQualification | undefined;
  /** `InReview`, or a value that this client does not know and goes on waiting over. */
  status: string | undefined;
  outcome: Outcome | undefined;
  /** What was seen of this qualification and not counted, with the reason. */
  ignored: Ignored[];
  /** How many members of the list could not be read. */
  unreadable: number;
  /** A failure of this look; the next may do better. */
  error: PartnerCenterError | undefined;
  /** How often was looked; 0 when the request itself was answered with the outcome. */
  looks: number;
  /** The wait before the next look, in milliseconds; `undefined` at the end. */
  nextMs: number | undefined;
}

export interface Ignored {
  item: CustomerQualification;
  /**
   * `older`: a denial from before the request. `perhapsOlder`: a denial that may be, for it has no date, or
   * one so close to the request that the clocks do not tell; it counts once it has stood for ten minutes.
   */
  why: "older" | "perhapsOlder";
}

export interface PollOptions {
  /** Ends the polling only: the vetting goes on, and can be followed again. */
  signal?: AbortSignal | undefined;
  /** Told of each look; a promise is waited for. One that fails is told on the console and ends nothing. */
  onProgress?: ((progress: Progress) => unknown) | undefined;
  interval?: PollInterval | undefined;
  /**
   * How long the same doubtful failure may last, over at least five polls, before it ends the polling, in
   * milliseconds: a 401, a 404, a credential that fails. What may always pass (no answer, 429, 5xx, a credential without a network) never
   * ends it, and what only a person
   * can mend (403, a sign-in that Entra asks for) ends it at once.
   *
   * @default 14_400_000
   */
  patienceMs?: number | undefined;
  /** Whether the program may end while the polling waits. Its timers then do not keep Node alive. */
  unref?: boolean | undefined;
}

/** A denial that stands this long after the request, and nothing in review, is the answer to it. */
const settleMs = 10 * 60_000;

/** Polls may be half a day apart, and then two failures prove nothing yet. */
const fewestLooks = 5;

/** What a vetting needs of its client. */
export interface VettingWorld {
  list: (call: CallOptions) => Promise<ReadList>;
  runtime: Runtime;
}

/**
 * A request that was taken, to be followed to its end. `String(vetting)` is a token with which
 * another process can go on: see `qualifications.resume`.
 */
export class Vetting implements AsyncIterable<Progress> {
  readonly customerId: string;
  readonly qualification: string;
  readonly requestId: string;
  /** What became of the request; `undefined` after `resume`. */
  readonly write: Write | undefined;
  /** The item that the service answered with, if it did. */
  readonly item: CustomerQualification | undefined;
  readonly #host: string;
  readonly #world: VettingWorld;
  readonly #began: number;
  #bound: Bound;
  #polling = false;
  #done: Promise<Outcome> | undefined;
  #doubt: { about: string; since: number; looks: number } | undefined;

  constructor(
    state: VettingState & { write?: Write; item?: CustomerQualification | undefined },
    world: VettingWorld,
  ) {
    const { customerId, qualification, requestId, write, item, host, since, exact } = state;
    this.customerId = customerId;
    this.qualification = qualification;
    this.requestId = requestId;
    this.write = write;
    this.item = item;
    this.#host = host;
    this.#bound = { since, exact };
    this.#world = world;
    this.#began = elapsed(world.runtime);
  }

  /** A token for `qualifications.resume`. It holds no answer and no secret. */
  toString(): string {
    const { customerId, qualification, requestId } = this;
    return writeResumeToken({
      customerId,
      qualification,
      requestId,
      host: this.#host,
      ...this.#bound,
    });
  }

  /** The public members, and `token`, for `qualifications.resume`. */
  toJSON() {
    return { ...this, token: String(this) };
  }

  /**
   * Looks until the vetting has ended, which takes days: minutes apart at first, hours later. While it is
   * under way, and after it has ended, another call gets the same promise, and its options are not looked at.
   *
   * @throws {AbortedError} When the signal ended the polling.
   * @throws {InvalidRequestError} When this handle's states are being iterated already.
   * @throws {PartnerCenterError} When looking is refused for good, for instance with 403.
   */
  pollUntilDone(options: PollOptions = {}): Promise<Outcome> {
    this.#done ??= this.#poll(options).catch((error: unknown) => {
      // Whoever asks again wants it tried again.
      this.#done = undefined;
      throw error;
    });
    return this.#done;
  }

  async #poll({ onProgress, ...options }: PollOptions): Promise<Outcome> {
    for await (const progress of this.states(options)) {
      await tell("onProgress", onProgress, progress);
      if (progress.outcome) return progress.outcome;
    }
    throw new AbortedError("The polling was ended");
  }

  [Symbol.asyncIterator](): AsyncIterator<Progress> {
    return this.states();
  }

  /** Each look as it happens, the last with the outcome. */
  async *states(options: Omit<PollOptions, "onProgress"> = {}): AsyncGenerator<Progress, void> {
    checkNames("poll", options, ["signal", "interval", "patienceMs", "unref"]);
    const { signal, interval = {}, patienceMs = 4 * 3_600_000, unref } = options;
    checkPositive("patienceMs", patienceMs);
    const { runtime } = this.#world;
    const waitAfter = createSchedule(interval, runtime);
    if (this.#polling) throw new InvalidRequestError("vetting", "must be polled once at a time");
    this.#polling = true;
    try {
      const own = this.#judge(this.item ? [this.item] : []);
      if (own.outcome) {
        yield { ...own, unreadable: 0, error: undefined, looks: 0, nextMs: undefined };
        return;
      }
      for (let looks = 1; ; looks++) {
        const seen = await this.#look(signal, patienceMs);
        const nextMs = seen.outcome ? undefined : waitAfter(looks, seen.error?.retryAfterMs);
        yield { ...seen, looks, nextMs };
        if (nextMs === undefined) return;
        await runtime.sleep(nextMs, signal, unref).catch((cause: unknown) => {
          throw new AbortedError("The polling was aborted", {}, { cause });
        });
      }
    } finally {
      this.#polling = false;
    }
  }

  async #look(signal: AbortSignal | undefined, patienceMs: number) {
    try {
      const { items, unreadable } = await this.#world.list(signal ? { signal } : {});
      this.#doubt = undefined;
      return { ...this.#judge(items), unreadable, error: undefined };
    } catch (error) {
      if (!(error instanceof PartnerCenterError) || isFinal(error)) throw error;
      const about = isDoubtful(error) ? `${error.kind} ${error.status} ${error.code}` : undefined;
      const now = elapsed(this.#world.runtime);
      if (about === undefined) this.#doubt = undefined;
      else if (this.#doubt?.about !== about) this.#doubt = { about, since: now, looks: 1 };
      else if (++this.#doubt.looks >= fewestLooks && now - this.#doubt.since >= patienceMs)
        throw error;
      return { ...this.#judge([]), unreadable: 0, error };
    }
  }

  /** Finds the item that stands, and whether it ends the vetting. */
  #judge(items: CustomerQualification[]) {
    const hasSettled = elapsed(this.#world.runtime) - this.#began >= settleMs;
    const ignored: Ignored[] = [];
    const counted = items.filter((item) => {
      if (item.qualification !== this.qualification) return false;
      if (item.vettingStatus !== "Denied") return true;
      const older = isOlder(item, this.#bound);
      // The request's own answer is about the request, unless its date says otherwise.
      const isAnswer = item === this.item && this.write === "created";
      if (older === false || (older === undefined && (hasSettled || isAnswer))) return true;
      ignored.push({ item, why: older ? "older" : "perhapsOlder" });
      return false;
    });
    const item = standing(counted);
    const date = item?.vettingStatus === "InReview" ? dateOf(item) : undefined;
    // From now on the service's dates are compared with each other.
    if (date !== undefined && !this.#bound.exact)
      this.#bound = { since: wholeSecond(date), exact: true };
    const outcome = item && outcomeOf(item);
    return { item, status: item?.vettingStatus, outcome, ignored };
  }
}

function outcomeOf(item: CustomerQualification): Outcome | undefined {
  const { qualification, vettingStatus } = item;
  // It is not reviewed, so it is there at once and has no status.
  const isThere = vettingStatus == null && qualification === "StateOwnedEntity";
  if (isThere || vettingStatus === "Approved") return { status: "Approved", item };
  if (vettingStatus === "Denied") return { status: "Denied", reason: item.vettingReason, item };
  return undefined;
}

/** OAuth's and Entra's names for what only a person can mend. */
const needsPerson =
  /^(invalid_grant|interaction_required|consent_required|login_required|invalid_client|unauthorized_client|AuthenticationRequiredError)$/;

function isFinal(error: PartnerCenterError): boolean {
  const { retryable, name, error: oauth, errorCode, errorResponse } = Object(error.original);
  return (
    error instanceof AbortedError ||
    error instanceof InvalidRequestError ||
    error instanceof PermissionError ||
    (error instanceof AuthenticationError &&
      (retryable === false ||
        [name, oauth, errorCode, errorResponse?.error].some((text) => needsPerson.test(text))))
  );
}

/** What may be so only now: right after a request, say, another part of the service has not heard of it. */
function isDoubtful(error: PartnerCenterError): boolean {
  return (
    // The service waited for the request; it did not refuse it.
    (error instanceof BadRequestError && error.status !== 408) ||
    error instanceof ConflictError ||
    error instanceof NotFoundError ||
    // A credential that says itself that it will do better, or has no network, is not in doubt.
    (error instanceof AuthenticationError &&
      Object(error.original).retryable !== true &&
      !isNetworkError(error.original))
  );
}
