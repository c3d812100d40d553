import type { Operation, Parameter } from "@partner-qualifications/spec/model";
import type { Keyword } from "../schema-cases/mutations-of.ts";

/** A request before it is written: its parts by their names, as texts. */
export interface Draft {
  method: string;
  /** The contract's path, with `{name}` where a parameter stands. */
  path: string;
  pathValues: Record<string, string>;
  query: [name: string, text: string][];
  headers: Record<string, string>;
  /** Undefined for a request without a body. */
  body?: string | undefined;
  /** The kind of token it goes with; the target's own when left out. */
  token?: Token | undefined;
}

/** `none` sends no header; the rest is the header's whole value. */
export type Token = { none: true } | { authorization: string };

/** The path and the query as they are in the first line of the request. */
export function addressOf({ path, pathValues, query }: Draft): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValues[name] ?? ""),
  );
  const pairs = query.map(
    ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  );
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

/** The headers that make a request one of JSON. */
export function jsonHeaders(operation: Operation, hasBody: boolean): Record<string, string> {
  const [mediaType = "application/json"] = Object.keys(operation.body?.content ?? {});
  return { Accept: "application/json", ...(hasBody && { "Content-Type": mediaType }) };
}

/** What a request was made for, which says how its answer is to be judged. */
export type Intent =
  /** It conforms to the contract. */
  | { kind: "valid" }
  /** It breaks the contract in one place. */
  | {
      kind: "invalid";
      place: Parameter["in"] | "body" | "mediaType";
      name: string;
      breaks: Keyword[];
    }
  /** It accepts only what the operation does not have. */
  | { kind: "unacceptable" }
  /** Its method is not documented for its path. */
  | { kind: "method" }
  | { kind: "withoutToken" }
  | { kind: "badToken" }
  /** Its token is of a kind that the operation takes, or of one that it does not. */
  | { kind: "tokenKind"; scheme: string; isTaken: boolean }
  /** The mock was set to fail so, or its test customer does. */
  | { kind: "provoked"; status: number }
  /** It repeats an earlier request, identifier included. */
  | { kind: "replay"; of: string }
  /** It has the identifier of an earlier request that was another one. */
  | { kind: "identifierReused"; of: string }
  /** It reads what an earlier request created; or, after a replay, what is to be as it was. */
  | { kind: "readBack"; of: string; unchangedSince?: string }
  /** It is sent as long after an answer as that answer's Retry-After says, or a second less. */
  | { kind: "waited"; of: string; seconds: number; isEnough: boolean }
  /** A relation of the contract says what has to hold of it, beside the answers before it. */
  | { kind: "related"; relation: string; whyNot(exchange: Exchange): string | undefined };

/** A request, and what it is for. */
export interface Case {
  /** Names the same case in each run, for instance `coverage/getCustomer/path/customer_id/3`. */
  id: string;
  operation: Operation;
  draft: Draft;
  intent: Intent;
}

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

/** A check that does not hold. */
export interface Failure {
  check: string;
  operationId: string;
  caseId: string;
  /** What is wrong. */
  message: string;
  /** What to add to the command to see it again. */
  replay: string;
  /** The request, as a line for a shell. */
  curl: string;
}
