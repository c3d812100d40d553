import type { Operation, Place } from "../contract/operation.ts";
import type { Exchange } from "./exchange.ts";
import type { Keyword } from "../generate/mutations-of.ts";
import type { Draft } from "./draft.ts";

/** What a request was made for, which says how its answer is to be judged. */
export type Intent =
  /** It keeps the contract. */
  | { kind: "valid" }
  /** It breaks the contract in one place. */
  | { kind: "invalid"; place: Place | "body" | "mediaType"; name: string; breaks: Keyword[] }
  /** It accepts only what the operation does not have. */
  | { kind: "unacceptable" }
  /** Its method is none of its address. */
  | { kind: "method" }
  | { kind: "withoutToken" }
  | { kind: "badToken" }
  /** Its token is of a kind that the operation takes, or of one that it does not. */
  | { kind: "tokenKind"; scheme: string; isTaken: boolean }
  /** The target was asked for this failure, or its customer stands for it. */
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
  /** Tells the same case in each run, for instance `coverage/getCustomer/path/customer_id/3`. */
  id: string;
  operation: Operation;
  draft: Draft;
  intent: Intent;
}
