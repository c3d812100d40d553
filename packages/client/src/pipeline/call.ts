import type { PartnerCenterError } from "../errors/errors.ts";
import type { operations } from "../generated/operations.ts";
import type { CallResponse } from "../hooks.ts";
import type { RequestHeaders } from "./headers.ts";

/** An operation's URL template, and its rules of retry and idempotency, from the contract. */
export type OperationRules = (typeof operations)[keyof typeof operations];

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, including its waits. */
  signal?: AbortSignal | undefined;
  /**
   * `MS-RequestId`, the idempotency key. Pass that of an earlier call to continue it.
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
  /**
   * More headers, which win over those of the client. Headers that the client sets itself are rejected:
   * identifiers, token, application name, and what the contract requires.
   */
  headers?: RequestHeaders | undefined;
  /**
   * Called with the last response of a call, of any status, before the call returns or throws. A call that
   * sends several requests, such as a list of pages, calls it for each. See also `withResponse`.
   */
  onResponse?: ((response: CallResponse) => void) | undefined;
}

/** Options of a write. */
export interface WriteOptions extends CallOptions {
  /**
   * When an earlier call first sent the request, in milliseconds since 1970: `sentAt` of the `continuation`
   * on its error.
   */
  sentAt?: number | undefined;
}

/** One logical call, the same for all its attempts. An error copies its identifiers. */
export interface Call {
  /** The contract's `operationId`; `undefined` for a URL outside the contract. */
  readonly operation: string | undefined;
  readonly rules: OperationRules | undefined;
  readonly url: string;
  readonly method: string;
  /** Sent with every attempt. The transport adds the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onResponse: CallOptions["onResponse"];
  readonly requestId: string;
  readonly correlationId: string;
  readonly state: CallState;
}

/** What changes between the attempts of a call. */
export interface CallState {
  /** When `totalTimeoutMs` ends, on the monotonic clock. Time that the machine was asleep does not count. */
  deadline: number;
  /** When the first attempt was sent, by the local clock; 0 before. Waiting for a token comes before it. */
  sentAt: number;
  /** How far the service's clock is ahead of the local one, in milliseconds, by the last response. */
  clockAhead: number;
  token: string | undefined;
  /** What hooks added to the current attempt. */
  headers: Record<string, string>;
  /** What a response may repeat and an error must not show: tokens, a validation code, long headers. */
  secrets: string[];
  /** Whether an apparently expired or rejected token has been renewed. */
  isRenewed: boolean;
  /** Whether the request was sent again after a 401. */
  isReplayed: boolean;
  attempts: number;
  /** Whether the service may have carried out an earlier attempt although its response was lost. */
  ambiguous: boolean;
  /** Whether the current attempt waits for a connection, so that it has not been sent. */
  queued: boolean;
}

/** A response, with its body already read. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
  /** What the client adds to the service's error: why there is no other token, for instance. */
  readonly note?: PartnerCenterError;
}

export type Next = (call: Call) => Promise<Answer>;
/** A stage of the pipeline: does its part and calls `next` for the rest. */
export type Stage = (call: Call, next: Next) => Promise<Answer>;
