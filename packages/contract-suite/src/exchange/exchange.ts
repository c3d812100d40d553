import type { Operation, Parameter } from "@partner-qualifications/spec/model";
import type { Keyword } from "../schema-cases/mutations-of.ts";

/** A request before serialization: its parts by name, as texts. */
export interface Draft {
  method: string;
  /** The contract's path, with `{name}` for each parameter. */
  path: string;
  pathValues: Record<string, string>;
  query: [name: string, text: string][];
  headers: Record<string, string>;
  /** Undefined for a request without a body. */
  body?: string | undefined;
  /** The kind of token; by default, the target's own. */
  token?: Token | undefined;
}

/** `none` sends no header; `authorization` is the header's complete value. */
export type Token = { none: true } | { authorization: string };

/** Returns the request target: path and query. */
export function addressOf({ path, pathValues, query }: Draft): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValues[name] ?? ""),
  );
  const pairs = query.map(
    ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  );
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

/** Returns the headers of a JSON request. */
export function jsonHeaders(operation: Operation, hasBody: boolean): Record<string, string> {
  const [mediaType = "application/json"] = Object.keys(operation.body?.content ?? {});
  return { Accept: "application/json", ...(hasBody && { "Content-Type": mediaType }) };
}

/** What a request was made for, which says how its answer is to be judged. */
export type Intent =
  /** It conforms to the contract. */
  | { kind: "valid" }
  /** It violates the contract in one place. */
  | {
      kind: "invalid";
      place: Parameter["in"] | "body" | "mediaType";
      name: string;
      breaks: Keyword[];
    }
  /** It accepts only a media type that the operation lacks. */
  | { kind: "unacceptable" }
  /** Its method is not documented for its path. */
  | { kind: "method" }
  | { kind: "withoutToken" }
  | { kind: "badToken" }
  /** Its token is of a kind that the operation accepts, or of another one. */
  | { kind: "tokenKind"; scheme: string; isTaken: boolean }
  /** An injected failure or a failing test customer of the mock. */
  | { kind: "provoked"; status: number }
  /** It repeats an earlier request with the same identifier. */
  | { kind: "replay"; of: string }
  /** It differs from an earlier request with the same identifier. */
  | { kind: "identifierReused"; of: string }
  /** It reads what an earlier request created, or checks that a replay changed nothing. */
  | { kind: "readBack"; of: string; unchangedSince?: string }
  /** It is sent after a response's Retry-After, or a second earlier. */
  | { kind: "waited"; of: string; seconds: number; isEnough: boolean }
  /** A relation of the contract judges it together with earlier responses. */
  | { kind: "related"; relation: string; whyNot(exchange: Exchange): string | undefined };

/** A request and its purpose. */
export interface Case {
  /** Identifies the case in every run, such as `coverage/getCustomer/path/customer_id/3`. */
  id: string;
  operation: Operation;
  draft: Draft;
  intent: Intent;
}

/** A request as sent. */
export interface SentRequest {
  method: string;
  url: string;
  /** As sent, with the token: never print them. */
  headers: Record<string, string>;
  body?: string | undefined;
}

/** A response as received. */
export interface Answer {
  status: number;
  /** Names are in lower case. */
  headers: Record<string, string>;
  /** Decoded as UTF-8, without a byte order mark. */
  body: string;
}

/** A case and its result. */
export interface Exchange {
  case: Case;
  request: SentRequest;
  /** Undefined when the connection was lost. */
  answer?: Answer;
  /** Why there is no response. */
  lost?: string;
  /** How long the answer took, in milliseconds. */
  took: number;
  /** When it was sent, in milliseconds, by the target's clock if known. */
  at: number;
}

/** A failed check. */
export interface Failure {
  check: string;
  operationId: string;
  caseId: string;
  /** What is wrong. */
  message: string;
  /** Flags that replay the failure. */
  replay: string;
  /** The request as a curl command. */
  curl: string;
}
