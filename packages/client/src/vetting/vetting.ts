import { parseDate } from "../dates.ts";
import {
  AbortedError,
  AuthenticationError,
  BadRequestError,
  ConnectionError,
  InvalidRequestError,
  type PartnerCenterError,
  ServerError,
  ThrottledError,
  TimeoutError,
  UnexpectedResponseError,
} from "../errors/index.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { CustomerQualification } from "../resources/read-qualification.ts";
import type { Runtime } from "../runtime.ts";
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
  /** A passing failure of this look; the next may do better. */
  error: PartnerCenterError | undefined;
  /** How often was looked. */
  looks: number;
  /** The wait before the next look, in milliseconds; `undefined` at the end. */
  nextMs: number | undefined;
}

export interface PollOptions {
  /** Ends the polling only: the vetting goes on, and can be followed again. */
  signal?: AbortSignal | undefined;
  /** Told of each look; a promise is waited for. */
  onProgress?: ((progress: Progress) => unknown) | undefined;
  interval?: PollInterval | undefined;
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
  readonly #since: number;
  readonly #list: (call: CallOptions) => Promise<CustomerQualification[]>;
  readonly #runtime: Runtime;
  #polling = false;

  constructor(
    state: VettingState & { write?: Write; item?: CustomerQualification | undefined },
    list: (call: CallOptions) => Promise<CustomerQualification[]>,
    runtime: Runtime,
  ) {
    this.customerId = state.customerId;
    this.qualification = state.qualification;
    this.requestId = state.requestId;
    this.write = state.write;
    this.item = state.item;
    this.#since = state.since;
    this.#list = list;
    this.#runtime = runtime;
  }

  /** A token for `qualifications.resume`. It holds no answer and no secret. */
  toString(): string {
    const { customerId, qualification, requestId } = this;
    return writeResumeToken({ customerId, qualification, requestId, since: this.#since });
  }

  /**
   * Looks until the vetting has ended, which takes days: minutes apart at first, hours later.
   *
   * @throws {AbortedError} When the signal ended the polling.
   * @throws {InvalidRequestError} When this handle is being polled already.
   * @throws {PartnerCenterError} When looking is refused for good, for instance with 403.
   */
  async pollUntilDone(options: PollOptions = {}): Promise<Outcome> {
    for await (const progress of this.states(options)) {
      await options.onProgress?.(progress);
      if (progress.outcome) return progress.outcome;
    }
    throw new AbortedError("The polling was ended");
  }

  [Symbol.asyncIterator](): AsyncIterator<Progress> {
    return this.states();
  }

  /** Each look as it happens, the last with the outcome. */
  async *states({ signal, interval = {} }: Omit<PollOptions, "onProgress"> = {}) {
    if (this.#polling) {
      throw new InvalidRequestError("vetting", "must be polled once at a time");
    }
    const waitAfter = createSchedule(interval, this.#runtime);
    this.#polling = true;
    try {
      for (let looks = 1; ; looks++) {
        const seen = await this.#look(signal);
        const nextMs = seen.outcome ? undefined : waitAfter(looks, seen.error?.retryAfterMs);
        yield { ...seen, looks, nextMs } satisfies Progress;
        if (nextMs === undefined) return;
        await this.#runtime.sleep(nextMs, signal).catch((cause: unknown) => {
          throw new AbortedError("The polling was aborted", {}, { cause });
        });
      }
    } finally {
      this.#polling = false;
    }
  }

  async #look(signal: AbortSignal | undefined): Promise<Omit<Progress, "looks" | "nextMs">> {
    try {
      const items = await this.#list(signal ? { signal } : {});
      const item = items.find(
        (own) => own.qualification === this.qualification && !this.#isOlder(own),
      );
      const outcome = item && outcomeOf(item);
      return { item, status: item?.vettingStatus, outcome, error: undefined };
    } catch (error) {
      if (!isPassing(error)) throw error;
      return { item: undefined, status: undefined, outcome: undefined, error };
    }
  }

  /** A denial from before this request, say, is not its answer. */
  #isOlder(item: CustomerQualification): boolean {
    const date = parseDate(item.vettingCreateDate)?.getTime();
    return date !== undefined && date < this.#since;
  }
}

/** A qualification without a vetting, as a state-owned entity is, is there at once. */
function outcomeOf(item: CustomerQualification): Outcome | undefined {
  const { vettingStatus } = item;
  if (vettingStatus == null || vettingStatus === "Approved") return { status: "Approved", item };
  if (vettingStatus === "Denied") return { status: "Denied", reason: item.vettingReason, item };
  return undefined;
}

function isPassing(error: unknown): error is PartnerCenterError {
  return (
    // The service waited for the request; it did not refuse it.
    (error instanceof BadRequestError && error.status === 408) ||
    error instanceof ConnectionError ||
    // A credential that says so itself, when its token endpoint is down.
    (error instanceof AuthenticationError && Object(error.cause).retryable === true) ||
    error instanceof ServerError ||
    error instanceof ThrottledError ||
    error instanceof TimeoutError ||
    // A proxy's page in place of an answer, in days of asking.
    error instanceof UnexpectedResponseError
  );
}
