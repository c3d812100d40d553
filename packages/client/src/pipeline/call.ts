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
  readonly startedAt: number;
  /** When the first attempt was sent; 0 before. The wait for a token comes before it. */
  sentAt: number;
  /** All tokens so far, the current one last, so that none of them is repeated in an error. */
  readonly tokens: string[];
  /** How many attempts there have been. */
  attempts: number;
  /** Whether an earlier attempt may have been carried out although its answer was lost. */
  ambiguous: boolean;
  /** The body of the last answer. */
  text: string;
}

/** A stage of the pipeline: does its part, and lets `next` do the rest. */
export type Stage = (call: Call, next: Next) => Promise<Response>;
export type Next = (call: Call) => Promise<Response>;
