import {
  isSafe,
  type Json,
  type Operation,
  type Parameter,
} from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";
import { createHash } from "node:crypto";
import { type Case, type Draft, type Intent, jsonHeaders } from "../exchange/exchange.ts";
import { boundariesOf } from "../schema-cases/boundaries-of.ts";
import { validTexts } from "../schema-cases/parameter-texts.ts";

/** Texts of a request's parameters, by name. */
export type Texts = Record<string, string>;

/** Creates requests of one operation. */
export interface CaseMaker {
  schemas: Schemas;
  operation: Operation;
  /** Values of parameters by name, in every valid request. */
  values: Record<string, string>;
  /** Returns the first text that a parameter accepts, or its given value. */
  textOf(parameter: Parameter, caseId: string): string;
  /** Returns the texts of the required parameters. */
  required(caseId: string): Texts;
  /** The body of a minimal request; undefined for an operation without one. */
  body: Json | undefined;
  make(id: string, intent: Intent, parts?: Parts): Case;
}

/** Additions to a minimal request. */
export interface Parts {
  /** Add to the required ones, or replace them; undefined removes one. */
  texts?: Record<string, string | undefined>;
  /** The body's text. */
  body?: string | undefined;
  headers?: Record<string, string>;
  more?: Partial<Draft>;
}

/**
 * @param values Values of parameters by name. Without one, a write has its own identifier, the same in
 * every run.
 */
export function caseMaker(
  schemas: Schemas,
  operation: Operation,
  values: Record<string, string> = {},
): CaseMaker {
  const { parameters } = operation;
  const body = firstBody(schemas, operation);

  const textOf = (parameter: Parameter, caseId: string): string => {
    const given = values[parameter.name];
    if (given !== undefined) return given;
    const isFresh = parameter.in === "path" && !isSafe(operation);
    const isGuid = schemas.resolve(parameter.schema).format === "uuid";
    return isFresh && isGuid ? guidOf(caseId) : firstText(schemas, parameter);
  };
  const required = (caseId: string): Texts =>
    Object.fromEntries(
      parameters.filter((one) => one.required).map((one) => [one.name, textOf(one, caseId)]),
    );
  return {
    schemas,
    operation,
    values,
    textOf,
    required,
    body,
    make(id, intent, { texts = {}, headers = {}, more = {}, ...rest } = {}) {
      const all = { ...required(id.split("#")[0] ?? id), ...texts };
      const given = (place: string) =>
        parameters
          .filter((one) => one.in === place && all[one.name] !== undefined)
          .map((one): [string, string] => [one.name, all[one.name] ?? ""]);
      const text =
        "body" in rest ? rest.body : body === undefined ? undefined : JSON.stringify(body);
      const draft: Draft = {
        method: operation.method,
        path: operation.path,
        pathValues: Object.fromEntries(given("path")),
        query: given("query"),
        headers: {
          ...jsonHeaders(operation, text !== undefined),
          ...Object.fromEntries(given("header")),
          ...headers,
        },
        body: text,
        ...more,
      };
      return { id, operation, draft, intent };
    },
  };
}

const firstTexts = new WeakMap<Parameter, string>();

/**
 * Returns the first text that a parameter accepts. Cached: deriving it takes longer than sending the
 * request.
 */
function firstText(schemas: Schemas, parameter: Parameter): string {
  const text = firstTexts.get(parameter) ?? validTexts(schemas, parameter)[0] ?? "";
  firstTexts.set(parameter, text);
  return text;
}

function firstBody(schemas: Schemas, { body }: Operation): Json | undefined {
  const [media] = Object.values(body?.content ?? {});
  if (!media) return undefined;
  const [example] = Object.values(media.examples);
  return example ? example.value : boundariesOf(schemas, media.schema)[0];
}

/** Returns a GUID that is unique to a text. */
export function guidOf(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
