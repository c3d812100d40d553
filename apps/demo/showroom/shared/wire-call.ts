/** One attempt of a call. Its members come as they become known. */
export interface WireAttempt {
  /** 1 for the first. */
  attempt: number;
  /** `undefined` while it is under way, and when there was no answer. */
  status?: number | undefined;
  durationMs?: number | undefined;
  /** Why there was no answer. */
  error?: string | undefined;
  /** The headers of the answer that the client lets be shown. */
  headers?: Record<string, string> | undefined;
  /** How long the client waits before the next attempt. */
  waitMs?: number | undefined;
}

/** One call of the server to Partner Center, over all its attempts. It has no body and no token. */
export interface WireCall {
  id: number;
  /** The contract's `operationId`. */
  operation: string;
  method: string;
  path: string;
  requestId: string;
  correlationId: string;
  /** ISO 8601. */
  startedAt: string;
  attempts: WireAttempt[];
  isDone: boolean;
}
