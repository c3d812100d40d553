import type { CustomerQualification, ReadList } from "../answers/read-qualification.ts";
import { AbortedError } from "../errors/errors.ts";
import { onDemand } from "../on-demand.ts";
import type { CallOptions } from "../pipeline/call.ts";
import { notify } from "../pipeline/observe.ts";
import type { AuditRecord } from "../records/audit-record.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import type { Outcome, Polled, PollOptions, Progress } from "./poll.ts";
import { type VettingState, writeResumeToken } from "./resume-token.ts";
import type { RequestOutcome, Write } from "./send-request.ts";

/**
 * An accepted request, to be polled until its vetting ends. `String(vetting)` is a token with which another
 * process can continue: see `qualifications.resume`.
 */
export interface Vetting extends AsyncIterable<Progress> {
  readonly customerId: string;
  readonly qualification: string;
  readonly requestId: string;
  /** The outcome of the request; `undefined` after `resume`. */
  readonly write: Write | undefined;
  /** What proves `write` if the response was lost; `undefined` if only dates speak for it. */
  readonly proof?: "auditRecord" | undefined;
  /** The audit record that is the proof: who requested the qualification, and when. */
  readonly record?: AuditRecord | undefined;
  /** The item that the service returned, if it did. */
  readonly item: CustomerQualification | undefined;
  /**
   * Polls until the vetting has ended, which takes days: minutes apart at first, hours later. During the
   * polling and after the end, another call returns the same promise and ignores its options.
   *
   * @throws {AbortedError} When the signal aborts the polling.
   * @throws {InvalidRequestError} When this handle is already being iterated.
   * @throws {PartnerCenterError} When a poll fails for good, for instance with 403.
   */
  pollUntilDone(options?: PollOptions): Promise<Outcome>;
  /** Yields each poll as it happens; the last one has the outcome. */
  states(options?: Omit<PollOptions, "onProgress">): AsyncGenerator<Progress, void>;
  /** Returns a token for `qualifications.resume`. It holds no response and no secret. */
  toString(): string;
  /** Returns the public members, and `token` for `qualifications.resume`. */
  toJSON(): Pick<
    Vetting,
    "customerId" | "qualification" | "requestId" | "write" | "proof" | "record" | "item"
  > & {
    token: string;
  };
}

/** Loads what only requests and their polling need. */
export const loadRequests = onDemand(() => import("./request.ts"));

/** What a vetting needs from its client. */
export interface VettingWorld {
  list: (options: CallOptions) => Promise<ReadList>;
  runtime: Runtime;
}

/** Returns the handle of a request. */
export function createVetting(
  state: VettingState & Partial<Pick<RequestOutcome, "write" | "proof" | "record" | "item">>,
  { list, runtime }: VettingWorld,
): Vetting {
  const { customerId, qualification, requestId, write, proof, record, item, host } = state;
  const facts = { customerId, qualification, requestId, write, proof, record, item };
  const polled: Polled = {
    ...facts,
    list,
    runtime,
    began: elapsed(runtime),
    bound: { since: state.since, exact: state.exact },
    isPolling: false,
    doubt: undefined,
  };
  let done: Promise<Outcome> | undefined;

  const states: Vetting["states"] = async function* (options = {}) {
    const { poll } = await loadRequests();
    yield* poll(polled, options);
  };
  const toString = () => writeResumeToken({ ...facts, host, ...polled.bound });

  async function pollToEnd({ onProgress, ...options }: PollOptions): Promise<Outcome> {
    for await (const progress of states(options)) {
      await notify("onProgress", onProgress, progress);
      if (progress.outcome) return progress.outcome;
    }
    throw new AbortedError("Polling was ended");
  }

  const methods = {
    pollUntilDone: (options: PollOptions = {}) =>
      (done ??= pollToEnd(options).catch((error: unknown) => {
        // After a failure another call polls again.
        done = undefined;
        throw error;
      })),
    states,
    toString,
    toJSON: () => ({ ...facts, token: toString() }),
    [Symbol.asyncIterator]: () => states(),
  };
  // Methods are not enumerable, so that a logger prints the facts.
  for (const name of Reflect.ownKeys(methods) as (keyof typeof methods)[])
    Object.defineProperty(facts, name, {
      value: methods[name],
      configurable: true,
      writable: true,
    });
  return facts as unknown as Vetting;
}
