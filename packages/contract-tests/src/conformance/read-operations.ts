import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type Document, jsonPointer, resolve, where } from "./pointer.ts";

/** A value's faults against a schema; empty when it keeps it. */
export type Check = (value: unknown) => string[];

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
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
  /** The names of its headers, in lower case. */
  headers: string[];
  /**
   * Checks a body, and finds members that are not documented as well. A client must survive those; a
   * mock that sends one shows what the contract does not promise.
   */
  check: Check;
}

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

interface RawParameter {
  name: string;
  in: Parameter["in"];
  required?: boolean;
  example?: unknown;
}
interface Media {
  examples?: object;
}
interface RawOperation {
  operationId: string;
  security?: Record<string, unknown>[];
  "x-retry"?: Operation["retry"];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Every operation of a bundled OpenAPI document, in its own order. */
export function readOperations(document: Document): Operation[] {
  const read = new Reader(document);
  return Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => methods.includes(key))
      .map((method) => read.operation(path, method)),
  );
}

class Reader {
  readonly #document: Document;
  readonly #ajv: Ajv2020;

  constructor(document: Document) {
    this.#document = document;
    // A validator of its own: the mock has Prism's, and must not be its own judge.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, "contract");
    this.#ajv.addSchema(closed(document) as Document, "closed");
  }

  operation(path: string, method: string): Operation {
    const place = ["paths", path, method];
    const { operationId, security = [], "x-retry": retry } = this.#at<RawOperation>(place);
    return {
      operationId,
      method: method.toUpperCase(),
      path,
      parameters: [
        ...this.#parameters(["paths", path, "parameters"]),
        ...this.#parameters([...place, "parameters"]),
      ],
      body: this.#body([...place, "requestBody", "content"]),
      answers: this.#answers(operationId, [...place, "responses"]),
      takesAppOnly: security.some((schemes) => "appOnly" in schemes),
      retry,
    };
  }

  #parameters(place: string[]): Parameter[] {
    return this.#keys(place).map((key) => {
      const own = where(this.#document, [...place, key]);
      const { name, in: part, required = false, example } = this.#at<RawParameter>(own);
      const schema = this.#at<{ type?: string | string[]; example?: unknown }>([...own, "schema"]);
      return {
        name,
        in: part,
        required,
        types: [schema.type ?? []].flat(),
        example: example ?? schema.example,
        check: this.#check([...own, "schema"]),
      };
    });
  }

  #body(place: string[]): Operation["body"] {
    const types = this.#keys(place);
    if (types.length === 0) return undefined;
    const body: NonNullable<Operation["body"]> = {};
    for (const type of types) {
      const own = [...place, type];
      body[type] = { check: this.#check([...own, "schema"]), examples: this.#examples(own) };
    }
    return body;
  }

  #answers(operationId: string, place: string[]): DocumentedAnswer[] {
    return this.#keys(place).flatMap((status) => {
      const content = [...place, status, "content"];
      const headers = this.#keys([...place, status, "headers"]).map((name) => name.toLowerCase());
      return this.#keys(content).map((mediaType) => ({
        operationId,
        status: Number(status),
        mediaType,
        headers,
        examples: this.#examples([...content, mediaType]),
        check: this.#check([...content, mediaType, "schema"], "closed"),
      }));
    });
  }

  #examples(place: string[]): Record<string, unknown> {
    const { examples = {} } = this.#at<Media>(place);
    return Object.fromEntries(
      Object.keys(examples).map((name) => [
        name,
        this.#at<{ value: unknown }>([...place, "examples", name]).value,
      ]),
    );
  }

  #check(place: string[], contract = "contract"): Check {
    const pointer = jsonPointer(where(this.#document, place));
    const validate = this.#ajv.compile({ $ref: `${contract}#${pointer}` });
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(tell));
  }

  #keys(place: string[]): string[] {
    return Object.keys((resolve(this.#document, place) as object | undefined) ?? {});
  }

  #at<T>(place: string[]): T {
    return resolve(this.#document, place) as T;
  }
}

/** A copy in which an object has the members that are named, and no others. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return "properties" in copy ? { unevaluatedProperties: false, ...copy } : copy;
}

function tell({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;
}
