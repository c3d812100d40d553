import type { SecurityScheme } from "./security.ts";
import type { Grounds, Json, Schema } from "./schema.ts";

/** The contract's example of a value. */
export interface Example {
  summary?: string;
  description?: string;
  value: Json;
}

/** A parameter of an operation, or a header of a response. */
export interface Header extends Grounds {
  /** As the contract writes it. */
  name: string;
  required: boolean;
  description: string;
  schema: Schema;
  /** By name; the name of a single `example` is `example`. */
  examples: Record<string, Example>;
}

export interface Parameter extends Header {
  in: "path" | "query" | "header";
}

/** A body in one media type. */
export interface Media {
  schema: Schema;
  /** By name; the name of a single `example` is `example`. */
  examples: Record<string, Example>;
}

export interface RequestBody extends Grounds {
  required: boolean;
  description: string;
  /** By media type. */
  content: Record<string, Media>;
}

/** A documented response to an operation. */
export interface Response extends Grounds {
  description: string;
  /** By name as the contract writes it. */
  headers: Record<string, Header>;
  /** By media type. */
  content: Record<string, Media>;
}

/** When a client may retry a call (`x-retry`). A `Retry-After` replaces the delays. */
export interface Retry {
  /** Statuses to retry. */
  statuses: number[];
  /** Whether to retry a lost connection or a timeout. */
  noAnswer: boolean;
  /** Maximum number of attempts, including the first. */
  maxAttempts: number;
  /** The first delay, in milliseconds. */
  initialMs: number;
  /** The maximum delay, in milliseconds. */
  maxMs: number;
  /** The factor between consecutive delays. */
  factor: number;
}

/** An operation of the contract, with resolved parameters, bodies and responses. */
export interface Operation extends Grounds {
  /** Its `operationId`; without one, its method and path. */
  id: string;
  /** In capitals. */
  method: string;
  /** As the contract writes it, for example `/v1/customers/{customer_id}`. */
  path: string;
  /** The first of its tags; empty without one. */
  tag: string;
  summary: string;
  description: string;
  deprecated: boolean;
  /** The day on which the operation was announced to end (`x-sunset`), as `YYYY-MM-DD`. */
  sunset?: string;
  /** Includes those of the path. */
  parameters: Parameter[];
  body?: RequestBody;
  /** By status as the contract writes it: `200`, `2XX` or `default`. */
  responses: Record<string, Response>;
  /** Alternative schemes; empty for an operation without authentication. */
  security: SecurityScheme[];
  /** Whether only a signed-in user's token works; app-only tokens are rejected. */
  needsUser: boolean;
  retry?: Retry;
  /** The header that prevents a second effect of a repeated request (`x-idempotency`). */
  idempotencyHeader?: string;
}

/** Returns whether an operation changes nothing (RFC 9110, 9.2.1). */
export function isSafe({ method }: Pick<Operation, "method">): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/** Returns the documented response for a status: by its number, as a range, or `default`. */
export function documented(operation: Operation, status: number): Response | undefined {
  const { responses } = operation;
  return responses[String(status)] ?? responses[`${String(status)[0]}XX`] ?? responses.default;
}
