import { isObject, type Json, typeOf } from "../contract/json.ts";
import type { Contract } from "../contract/read-contract.ts";
import { asSchema, propertiesOf, type Schema, schemasAt } from "../contract/schema.ts";
import type { Keyword } from "../generate/mutations-of.ts";

/** The keywords that say something of a value, and of values of which type. */
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

/** All keywords of a schema, with references followed. */
export function keywordsOf(contract: Contract, schema: Schema): Keyword[] {
  return walk(contract, schema, undefined, "", 0);
}

/** The keywords of a schema that a value which it accepts has to keep. */
export function keywordsKept(contract: Contract, schema: Schema, value: Json): Keyword[] {
  return walk(contract, schema, value, "", 0);
}

function walk(
  contract: Contract,
  node: Schema,
  value: Json | undefined,
  pointer: string,
  depth: number,
): Keyword[] {
  if (depth > deepest) return [];
  const schema = contract.resolve(node);
  const inner = (part: Schema, at: string, member: Json | undefined) =>
    walk(contract, part, member, `${pointer}/${at}`, depth + 1);
  const accepted = (part: Schema) =>
    value === undefined || contract.refusal(part, value) === undefined;

  const own = Object.keys(schema).filter((keyword) => {
    const types = meant[keyword];
    return types && (value === undefined || types.length === 0 || types.includes(typeOf(value)));
  });
  const branches = branching.flatMap((keyword) =>
    schemasAt(schema, keyword).flatMap((part, index) =>
      accepted(part) ? walk(contract, part, value, `${pointer}/${keyword}/${index}`, depth) : [],
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
