import { isRefusal, type Refusal } from "./outcome.ts";

/** What a request is answered with. */
export interface Answer {
  status: number;
  body: unknown;
  /** Beside those that every answer has. */
  headers?: Record<string, string>;
}

/** The simulator's result with the status of its success, or its refusal. */
export function outcome(status: number, result: unknown): Answer | Refusal {
  return isRefusal(result) ? result : { status, body: result };
}

/** The gateway in front of Partner Center has an error shape of its own (A4). */
export function gatewayAnswer(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  return { status, body: { statusCode: status, message }, headers };
}
