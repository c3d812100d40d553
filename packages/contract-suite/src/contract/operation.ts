import type { JsonObject } from "./json.ts";
import type { Schema } from "./schema.ts";

export type Place = "path" | "query" | "header";

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: Place;
  required: boolean;
  schema: Schema;
  /** What the contract gives as an example, by its name. */
  examples: JsonObject;
}

/** A body in one media type. */
export interface Media {
  schema: Schema;
  examples: JsonObject;
}

export interface DocumentedHeader {
  required: boolean;
  schema: Schema;
}

/** What the contract says of one status. */
export interface DocumentedResponse {
  /** By their names as the contract writes them. */
  headers: Record<string, DocumentedHeader>;
  content: Record<string, Media>;
}

/** An operation of the contract with all references of its own parts followed. */
export interface Operation {
  id: string;
  /** In capitals. */
  method: string;
  /** As the contract writes it, for instance `/v1/customers/{customer_id}`. */
  path: string;
  parameters: Parameter[];
  body?: { required: boolean; content: Record<string, Media> };
  /** By status as the contract writes it: `200`, `2XX` or `default`. */
  responses: Record<string, DocumentedResponse>;
  /** The schemes that are enough, by their names; none for an operation that anybody may call. */
  security: string[];
  /** The header that keeps a repeated request from having a second effect (`x-idempotency`). */
  idempotencyHeader?: string;
}

/** Whether an operation changes nothing (RFC 9110, 9.2.1). */
export function isSafe({ method }: Operation): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/** What an operation documents of a status, exactly, as a range or by default. */
export function documented(operation: Operation, status: number): DocumentedResponse | undefined {
  const { responses } = operation;
  return (
    responses[String(status)] ??
    responses[`${String(status)[0]}XX`] ??
    responses.default ??
    undefined
  );
}
