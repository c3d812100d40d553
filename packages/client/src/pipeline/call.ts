import type { FailedCall } from "../errors/index.ts";
import type { operations } from "../generated/operations.ts";

/** An operation of the contract, with its rules of retry and idempotency. */
export type Operation = (typeof operations)[number];

/** One logical call, over all its attempts. */
export interface Call {
  readonly operation: Operation | undefined;
  readonly url: string;
  readonly method: string;
  /** Sent with every attempt, the token aside. */
  readonly headers: Record<string, string>;
  /** Kept as it is, so that another attempt needs no copy. */
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly requestId: string;
  readonly correlationId: string;
  readonly startedAt: number;
  /** The token of the current attempt. */
  token: string | undefined;
  /** All tokens so far, so that none of them is repeated in an error. */
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

/** What an error tells of a call. */
export function describeCall(call: Call): FailedCall {
  return {
    operation: call.operation?.id,
    requestId: call.requestId,
    correlationId: call.correlationId,
    attempts: call.attempts,
  };
}
