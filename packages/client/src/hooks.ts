/** A call, as a hook receives it: plain data without a token, a body or an unlisted header. */
export interface CallEvent {
  /** The contract's `operationId`; `undefined` for a URL outside the contract. */
  operation: string | undefined;
  method: string;
  /** Without the query. */
  url: string;
  requestId: string;
  correlationId: string;
}

export interface AttemptEvent extends CallEvent {
  /** 1 for the first. */
  attempt: number;
}

export interface AttemptStartEvent extends AttemptEvent {
  /**
   * Headers that a hook may add to this attempt, for instance `traceparent`. It adds them before it returns:
   * the request does not wait for a promise.
   */
  headers: Record<string, string>;
}

export interface AnswerEvent extends AttemptEvent {
  /** `undefined` if there was no response. */
  status: number | undefined;
  /** The response headers that are safe to log. */
  headers: Record<string, string>;
  /** From sending the request to the last byte of the body, in milliseconds. */
  durationMs: number;
  /** Why there was no response. An error status is a response. */
  error: unknown;
}

export interface WaitEvent extends AttemptEvent {
  /** The wait before the next attempt, in milliseconds. */
  waitMs: number;
}

export interface EndEvent extends CallEvent {
  /** Of the last response; `undefined` if there was none. */
  status: number | undefined;
  /** How often the request was sent. */
  attempts: number;
  /** Including the token and all waits, in milliseconds. */
  durationMs: number;
  /** Why there was no response. An error status is a response. */
  error: unknown;
}

/** Response headers. Names match in any case. */
export interface ResponseHeaders {
  get(name: string): string | null;
  forEach(callback: (value: string, name: string) => void): void;
}

/** The last response of a call, of any status. */
export interface CallResponse extends CallEvent {
  status: number;
  headers: ResponseHeaders;
  /** The body. */
  text: string;
  /** How often the request was sent. */
  attempts: number;
}

export interface WarningEvent extends CallEvent {
  /** What the client skipped, without any of its content, or what is deprecated. */
  message: string;
}

/**
 * Functions called for each call and each attempt, sufficient for traces and metrics.
 *
 * Hooks observe, and add headers to an attempt: no call waits for a promise that a hook returns. If a hook
 * throws or rejects, its error is logged to the console and nothing else changes.
 *
 * @example
 * const hooks = {
 *   attemptEnd: ({ operation, attempt, status, durationMs }) =>
 *     histogram.record(durationMs, { operation, attempt, status }),
 * };
 */
export interface Hooks {
  callStart?: ((event: CallEvent) => void | Promise<void>) | undefined;
  attemptStart?: ((event: AttemptStartEvent) => void | Promise<void>) | undefined;
  attemptEnd?: ((event: AnswerEvent) => void | Promise<void>) | undefined;
  wait?: ((event: WaitEvent) => void | Promise<void>) | undefined;
  callEnd?: ((event: EndEvent) => void | Promise<void>) | undefined;
  /** The client skipped something unexpected, or an operation is deprecated, and the call continued. */
  warning?: ((event: WarningEvent) => void | Promise<void>) | undefined;
}

export const hookNames = [
  "callStart",
  "attemptStart",
  "attemptEnd",
  "wait",
  "callEnd",
  "warning",
] as const satisfies readonly (keyof Hooks)[];

/**
 * Returns hooks that write one line for each attempt and wait, for debugging.
 *
 * @param write Receives a line, for instance `console.debug`.
 */
export function debugLogger(write: (line: string) => void): Hooks {
  const line = ({ method, url, attempt }: AttemptEvent, text: string) =>
    write(`${method} ${url} attempt ${attempt}: ${text}`);
  return {
    attemptEnd(event) {
      const { status, durationMs, headers, error } = event;
      const result = status ?? (error instanceof Error ? error.message : "no answer");
      line(event, `${result} in ${Math.round(durationMs)} ms ${JSON.stringify(headers)}`);
    },
    warning({ method, url, message }) {
      write(`${method} ${url}: ${message}`);
    },
    wait(event) {
      line(event, `next in ${Math.round(event.waitMs)} ms`);
    },
  };
}
