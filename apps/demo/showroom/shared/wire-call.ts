/** One attempt of a call. Its members come as they become known. */
export interface WireAttempt {
  /** 1 for the first. */
  attempt: number;
  /** `undefined` before the response, and if there was none. */
  status?: number | undefined;
  durationMs?: number | undefined;
  /** Why there was no response. */
  error?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** The body of the response. */
  body?: string | undefined;
  /** How long the client waits before the next attempt. */
  waitMs?: number | undefined;
}

/** One call of the server to Partner Center, with all its attempts. It has no token. */
export interface WireCall {
  id: number;
  method: string;
  /** The path and the query. */
  path: string;
  url: string;
  requestId: string;
  correlationId: string;
  /** ISO 8601, by the demo's server. */
  startedAt: string;
  /** How many polls had the same response: they are one line. */
  times: number;
  /** The headers of the request, without the token. */
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
  attempts: WireAttempt[];
  isDone: boolean;
}
