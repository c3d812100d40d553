/** What a hook is told: plain data, without a token, a body or a header that is not on the list. */
export interface CallEvent {
  /** The contract's `operationId`; `undefined` for an address that it does not have. */
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

export interface AnswerEvent extends AttemptEvent {
  /** `undefined` when there was no answer. */
  status: number | undefined;
  /** The headers of the answer that may be shown. */
  headers: Record<string, string>;
  /** From the sending to the last byte of the body, in milliseconds. */
  durationMs: number;
  /** Why there was no answer; a refusal is an answer, with its status. */
  error: unknown;
}

export interface WaitEvent extends AttemptEvent {
  /** How long the next attempt waits, in milliseconds. */
  waitMs: number;
}

export interface EndEvent extends CallEvent {
  /** Of the last answer; `undefined` when there was none. */
  status: number | undefined;
  /** How often the request was sent. */
  attempts: number;
  /** With the token and all waits, in milliseconds. */
  durationMs: number;
  /** Why there was no answer; a refusal is an answer, with its status. */
  error: unknown;
}

export interface WarningEvent extends CallEvent {
  /** What was passed over; nothing of its content. */
  message: string;
}

/**
 * Functions that are told of each call and each attempt, enough to write traces and metrics on.
 *
 * They observe: no call waits for one that returns a promise, and one that throws or rejects changes
 * nothing but the console, to which its error is written.
 *
 * @example
 * const hooks = {
 *   attemptEnd: ({ operation, attempt, status, durationMs }) =>
 *     histogram.record(durationMs, { operation, attempt, status }),
 * };
 */
export interface Hooks {
  callStart?: ((event: CallEvent) => void | Promise<void>) | undefined;
  attemptStart?: ((event: AttemptEvent) => void | Promise<void>) | undefined;
  attemptEnd?: ((event: AnswerEvent) => void | Promise<void>) | undefined;
  wait?: ((event: WaitEvent) => void | Promise<void>) | undefined;
  callEnd?: ((event: EndEvent) => void | Promise<void>) | undefined;
  /** Something was passed over that should not have been there, and the call went on. */
  warning?: ((event: WarningEvent) => void | Promise<void>) | undefined;
}

/** Headers that say nothing of who calls. */
const shown = new Set([
  "content-length",
  "content-type",
  "date",
  "ms-correlationid",
  "ms-cv",
  "ms-requestid",
  "ms-serverid",
  "request-context",
  "retry-after",
]);

/** The headers of an answer that may be shown. */
export function shownHeaders(headers: Headers): Record<string, string> {
  const result: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (shown.has(name)) result[name] = value;
  });
  return result;
}

/**
 * Hooks that write one line for each attempt and wait, for the time of debugging.
 *
 * @param write Takes a line, for instance `console.debug`.
 */
export function debugLogger(write: (line: string) => void): Hooks {
  return {
    attemptEnd(event) {
      const { status, durationMs, headers, error } = event;
      const result = status ?? (error instanceof Error ? error.message : "no answer");
      write(
        `${about(event)}: ${result} in ${Math.round(durationMs)} ms ${JSON.stringify(headers)}`,
      );
    },
    warning({ method, url, message }) {
      write(`${method} ${url}: ${message}`);
    },
    wait(event) {
      write(`${about(event)}: next in ${Math.round(event.waitMs)} ms`);
    },
  };
}

function about({ method, url, attempt }: AttemptEvent): string {
  return `${method} ${url} attempt ${attempt}`;
}
