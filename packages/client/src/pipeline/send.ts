import { operations } from "../generated/operations.ts";
import type { operations as Typed } from "../generated/schemas.ts";
import type { Answer, Call, CallOptions, Next } from "./call.ts";
import { startCall, type StartOptions } from "./start-call.ts";

export type OperationId = keyof typeof operations & keyof Typed;
type ParametersOf<Id extends OperationId> = Typed[Id]["parameters"];
type BodyOf<Id extends OperationId> = Typed[Id] extends {
  requestBody: { content: { "application/json": infer Body } };
}
  ? Body
  : undefined;

/** The parts of an operation's request, typed by the contract. */
export interface Parts<Id extends OperationId> {
  path?: ParametersOf<Id>["path"];
  query?: ParametersOf<Id>["query"];
  header?: ParametersOf<Id>["header"];
  body?: BodyOf<Id>;
  /** What a response may repeat and an error must not show. */
  secrets?: string[];
}

/** A call in progress. `call.state` is current even if the call ends without an answer. */
export interface SentCall {
  readonly call: Call;
  readonly answer: Promise<Answer>;
}

/**
 * Sends an operation of the contract.
 *
 * @throws {InvalidRequestError} Synchronously, for invalid call options.
 */
export type Send = <Id extends OperationId>(
  operation: Id,
  parts: Parts<Id>,
  options: CallOptions,
) => SentCall;

export function createSend(baseUrl: string, options: StartOptions, pipeline: Next): Send {
  return (operation, { path, query, header, body, secrets }, callOptions) => {
    const rules = operations[operation];
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(header ?? {})) {
      headers[name.toLowerCase()] = String(value);
    }
    if (body !== undefined) headers["content-type"] = "application/json";
    const outgoing = {
      operation,
      rules,
      url: baseUrl + fill(rules.path, path ?? {}, query ?? {}),
      method: rules.method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const call = startCall(outgoing, callOptions, options, secrets);
    return { call, answer: pipeline(call) };
  };
}

/** Returns an operation's path with its parameters. */
function fill(
  path: string,
  values: Record<string, unknown>,
  query: Record<string, unknown>,
): string {
  let filled = path;
  for (const name in values) filled = filled.replace(`{${name}}`, encoded(values[name]));
  let separator = "?";
  for (const name in query) {
    if (query[name] === undefined) continue;
    filled += `${separator}${name}=${encoded(query[name])}`;
    separator = "&";
  }
  return filled;
}

const encoded = (value: unknown): string => encodeURIComponent(String(value));
