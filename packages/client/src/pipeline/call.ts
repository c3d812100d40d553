import type { PartnerCenterError } from "../errors/errors.ts";
import type { operations } from "../generated/operations.ts";

/** An operation of the contract: its address, and its rules of retry and idempotency. */
export type Operation = (typeof operations)[keyof typeof operations];

/** Options that each call may take. */
export interface CallOptions {
  /** Ends the call, its waits included. */
  signal?: AbortSignal | undefined;
  /**
   * `MS-RequestId`, the idempotency key: give the one of an earlier call to continue it.
   *
   * @default a new GUID for each call
   */
  requestId?: string | undefined;
  /**
   * `MS-CorrelationId`, for tracing.
   *
   * @default a new GUID for each call
   */
  correlationId?: string | undefined;
}

/** Options of a write. */
export interface WriteOptions extends CallOptions {
  /**
   * When the request was first sent, if an earlier call has sent it: `sentAt` of the `continuation` that
   * its error carries.
   */
  sentAt?: number | undefined;
}

/** One logical call, over all its attempts. An error takes from it what it tells. */
export interface Call {
  /** The contract's `operationId`; `undefined` for an address that it does not have. */
  readonly operation: string | undefined;
  readonly rules: Operation | undefined;
  readonly url: string;
  readonly method: string;
  /** Sent with every attempt; the token is added to them. */
  readonly headers: Record<string, string>;
  /** Kept as it is, so that another attempt needs no copy. */
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly requestId: string;
  readonly correlationId: string;
  /** On the monotonic clock, without the time that the machine was asleep. */
  startedAt: number;
  /** When the first attempt was sent, by our own clock; 0 before. The wait for a token comes before it. */
  sentAt: number;
  /** By how much the service's clock is ahead of ours, as far as an answer has told. */
  clockAhead: number;
  /** All tokens so far, the current one last, so that none of them is repeated in an error. */
  readonly tokens: string[];
  /** Whether a token that looked expired, or was refused, has been renewed. */
  isRenewed: boolean;
  /** Whether the attempt was sent again after a 401. */
  isReplayed: boolean;
  /** How many attempts there have been. */
  attempts: number;
  /** Whether an earlier attempt may have been carried out although its answer was lost. */
  ambiguous: boolean;
  /** Whether the current attempt waits for a connection, so that it has not been sent. */
  queued: boolean;
  /** The body of the last answer. */
  text: string;
  /** What we have to say to an answer that we let stand: why there is no other token, say. */
  note: PartnerCenterError | undefined;
}

/** A stage of the pipeline: does its part, and lets `next` do the rest. */
export type Stage = (call: Call, next: Next) => Promise<Response>;
export type Next = (call: Call) => Promise<Response>;
