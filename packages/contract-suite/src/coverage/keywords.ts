import {
  asSchema,
  isObject,
  type Json,
  propertiesOf,
  type Schema,
  schemasAt,
} from "@partner-qualifications/spec/model";
import { typeOf } from "../schema-cases/json.ts";
import type { Schemas } from "../schema-cases/schemas.ts";
import type { Keyword } from "../schema-cases/mutations-of.ts";

/** The keywords that constrain values, and the types of values that each applies to. */
const meant: Record<string, string[]> = {
  type: [],
  enum: [],
  const: [],
  minLength: ["string"],
  maxLength: ["string"],
  pattern: ["string"],
  format: ["string"],
  minimum: ["integer", "number"],
  maximum: ["integer", "number"],
  exclusiveMinimum: ["integer", "number"],
  exclusiveMaximum: ["integer", "number"],
  multipleOf: ["integer", "number"],
  minItems: ["array"],
  maxItems: ["array"],
  uniqueItems: ["array"],
  required: ["object"],
  additionalProperties: ["object"],
  minProperties: ["object"],
  maxProperties: ["object"],
};

const branching = ["anyOf", "oneOf", "allOf"];
const deepest = 8;

/** Returns all keywords of a schema, including those of references. */
export function keywordsOf(schemas: Schemas, schema: Schema): Keyword[] {
  return walk(schemas, schema, undefined, "", 0);
}

/** Returns the keywords of a schema that a valid value satisfies. */
export function keywordsKept(schemas: Schemas, schema: Schema, value: Json): Keyword[] {
  return walk(schemas, schema, value, "", 0);
}

function walk(
  schemas: Schemas,
  node: Schema,
  value: Json | undefined,
  pointer: string,
  depth: number,
): Keyword[] {
  if (depth > deepest) return [];
  const schema = schemas.resolve(node);
  const inner = (part: Schema, at: string, member: Json | undefined) =>
    walk(schemas, part, member, `${pointer}/${at}`, depth + 1);
  const accepted = (part: Schema) =>
    value === undefined || schemas.refusal(part, value) === undefined;

  const own = Object.keys(schema).filter((keyword) => {
    const types = meant[keyword];
    return types && (value === undefined || types.length === 0 || types.includes(typeOf(value)));
  });
  const branches = branching.flatMap((keyword) =>
    schemasAt(schema, keyword).flatMap((part, index) =>
      accepted(part) ? walk(schemas, part, value, `${pointer}/${keyword}/${index}`, depth) : [],
    ),
  );
  const members = propertiesOf(schema).flatMap(([name, part]) => {
    const member = isObject(value) ? value[name] : undefined;
    const isThere = value === undefined || member !== undefined;
    return isThere ? inner(part, `properties/${name}`, member) : [];
  });
  const items = "items" in schema ? asSchema(schema.items) : undefined;
  const list = Array.isArray(value) ? value : value === undefined ? [undefined] : [];
  const ofItems = items ? list.flatMap((item) => inner(items, "items", item)) : [];
  return [...own.map((keyword) => ({ pointer, keyword })), ...branches, ...members, ...ofItems];
}
