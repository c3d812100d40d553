import { type Fault, isFault } from "./fault.ts";

/** What a request is answered with. */
export interface Answer {
  status: number;
  body: unknown;
  /** Beside those that every answer has. */
  headers?: Record<string, string>;
}

/** The simulator's result with the status of its success, or its refusal. */
export function outcome(status: number, result: unknown): Answer | Fault {
  return isFault(result) ? result : { status, body: result };
}
