import { operations } from "../generated/operations.ts";
import type { operations as Typed } from "../generated/schemas.ts";
import type { Call, CallOptions, Next } from "./call.ts";
import { startCall, type StartOptions } from "./start-call.ts";

export type OperationId = keyof typeof operations & keyof Typed;
type Parameters<Id extends OperationId> = Typed[Id]["parameters"];
type BodyOf<Id extends OperationId> = Typed[Id] extends {
  requestBody: { content: { "application/json": infer Body } };
}
  ? Body
  : undefined;

/** The parts of an operation's request, as the contract has them. */
export interface Parts<Id extends OperationId> {
  path?: Parameters<Id>["path"];
  query?: Parameters<Id>["query"];
  header?: Parameters<Id>["header"];
  body?: BodyOf<Id>;
}

/** A call on its way. What is known of it stands in `call`, also when it ends without an answer. */
export interface Answer {
  call: Call;
  /** Its body was read: it is the call's `text`. */
  response: Promise<Response>;
}

/**
 * Sends an operation of the contract.
 *
 * @throws {InvalidRequestError} At once, for an identifier that is not a GUID, or a signal that is none.
 */
export type Send = <Id extends OperationId>(
  operation: Id,
  parts: Parts<Id>,
  options: CallOptions,
) => Answer;

export function createSend(baseUrl: string, options: StartOptions, pipeline: Next): Send {
  return (operation, { path, query, header, body }, callOptions) => {
    const rules = operations[operation];
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(header ?? {})) {
      headers[name.toLowerCase()] = String(value);
    }
    if (body !== undefined) headers["content-type"] = "application/json";
    const outgoing = {
      operation,
      rules,
      url: baseUrl + fill(rules.path, path ?? {}) + queryOf(query ?? {}),
      method: rules.method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const call = startCall(outgoing, callOptions, options);
    return { call, response: pipeline(call) };
  };
}

function fill(path: string, values: Record<string, unknown>): string {
  let filled = path;
  for (const name in values) {
    filled = filled.replace(`{${name}}`, encodeURIComponent(String(values[name])));
  }
  return filled;
}

function queryOf(values: Record<string, unknown>): string {
  let query = "";
  for (const name in values) {
    const value = values[name];
    if (value !== undefined)
      query += `${query ? "&" : "?"}${name}=${encodeURIComponent(String(value))}`;
  }
  return query;
}
