import type { Case } from "./case.ts";

/** A request as it was sent. */
export interface SentRequest {
  method: string;
  url: string;
  /** As they were sent, the token in them included: never to be shown. */
  headers: Record<string, string>;
  body?: string | undefined;
}

/** An answer as it came. */
export interface Answer {
  status: number;
  /** Names are in lower case. */
  headers: Record<string, string>;
  /** Decoded as UTF-8, without a byte order mark. */
  body: string;
}

/** A case, and what came of it. */
export interface Exchange {
  case: Case;
  request: SentRequest;
  /** Undefined when the connection was lost. */
  answer?: Answer;
  /** Why there is no answer. */
  lost?: string;
  /** How long the answer took, in milliseconds. */
  took: number;
  /** When it was sent, by the target's clock where that is known, in milliseconds. */
  at: number;
}

/** The JSON value of an answer; undefined when it is none. */
export function jsonOf({ answer }: Exchange): unknown {
  try {
    return JSON.parse(answer?.body ?? "");
  } catch {
    return undefined;
  }
}
