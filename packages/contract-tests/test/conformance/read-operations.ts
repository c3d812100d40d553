import type { Json, JsonObject } from "@partner-qualifications/contract-suite";
import { type Contract, readContract } from "@partner-qualifications/contract-suite";
import { type Schema, typesOf } from "@partner-qualifications/contract-suite";
import type * as engine from "@partner-qualifications/contract-suite";

/** A value's faults against a schema; empty when it keeps it. */
export type Check = (value: unknown) => string[];

export interface Parameter {
  name: string;
  in: engine.Place;
  required: boolean;
  /** The types that its schema names, since a text on the wire does not say which it is. */
  types: string[];
  example: unknown;
  check: Check;
}

/** One answer as the contract has it: a status in one media type. */
export interface DocumentedAnswer {
  operationId: string;
  status: number;
  mediaType: string;
  /** By their names in the contract. */
  examples: Record<string, unknown>;
}

/** An operation as a client meets it: values to send, answers to understand. */
export interface Operation {
  operationId: string;
  /** In capitals. */
  method: string;
  path: string;
  parameters: Parameter[];
  /** By media type; undefined for an operation that takes no body. */
  body: Record<string, { check: Check; examples: Record<string, unknown> }> | undefined;
  answers: DocumentedAnswer[];
  /** Whether a token of the application alone is enough. */
  takesAppOnly: boolean;
  /** `x-retry`: how often a call with one of the statuses is sent in all. */
  retry: { statuses: number[]; maxAttempts: number } | undefined;
}

/** Every operation of a bundled OpenAPI document, in its own order. */
export function readOperations(document: JsonObject): Operation[] {
  const contract = readContract(document);
  return contract.operations.map((operation) => {
    const { id, method, path, parameters, body, responses, security } = operation;
    const check = checkWith(contract);
    return {
      operationId: id,
      method,
      path,
      parameters: parameters.map(({ schema, examples, ...parameter }) => ({
        name: parameter.name,
        in: parameter.in,
        required: parameter.required,
        types: typesOf(contract.resolve(schema)),
        example: Object.values(examples)[0],
        check: check(schema),
      })),
      body:
        body &&
        mapValues(body.content, ({ schema, examples }) => ({ check: check(schema), examples })),
      answers: Object.entries(responses).flatMap(([status, { content }]) =>
        Object.entries(content).map(([mediaType, { examples }]) => ({
          operationId: id,
          status: Number(status),
          mediaType,
          examples,
        })),
      ),
      takesAppOnly: security.includes("appOnly"),
      retry: retryOf(document, operation),
    };
  });
}

function checkWith(contract: Contract) {
  return (schema: Schema): Check =>
    (value) =>
      [contract.refusal(schema, value as Json)].filter((fault) => fault !== undefined);
}

/** Only a client has to know it. */
function retryOf(document: JsonObject, { path, method }: engine.Operation): Operation["retry"] {
  const paths = document.paths as Record<string, Record<string, JsonObject>>;
  return paths[path]?.[method.toLowerCase()]?.["x-retry"] as Operation["retry"];
}

function mapValues<T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
