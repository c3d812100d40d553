import {
  asSchema,
  isObject,
  type Json,
  type JsonObject,
  numberAt,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
  typesOf,
} from "@partner-qualifications/spec/model";
import { keyOf } from "./json.ts";
import type { Schemas } from "./schemas.ts";
import { stringCandidates } from "./strings.ts";

/** Maximum depth of a recursive schema. */
const deepest = 5;

/**
 * Returns boundary values that a schema accepts: each value of an enumeration, the shortest and longest
 * string, the least and greatest number, an object with all members and with as few as possible.
 *
 * Never empty if these rules can construct a valid value; the first one is plain.
 */
export function boundariesOf(schemas: Schemas, schema: Schema, depth = 0): Json[] {
  const seen = new Set<string>();
  return candidates(schemas, schemas.resolve(schema), depth).filter((value) => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return schemas.refusal(schema, value) === undefined;
  });
}

function candidates(schemas: Schemas, schema: Schema, depth: number): Json[] {
  const { const: constant, enum: values, example, examples } = schema;
  const shown = [...(example === undefined ? [] : [example]), ...asList(examples)];
  if (constant !== undefined) return [constant];
  if (Array.isArray(values)) return [...shown, ...values];

  const branches = ["anyOf", "oneOf", "allOf"]
    .flatMap((keyword) => schemasAt(schema, keyword))
    .flatMap((branch) => boundariesOf(schemas, branch, depth));
  const types = typesOf(schema);
  const all = types.length > 0 || branches.length > 0 ? types : ["string", "object"];
  return [...shown, ...branches, ...all.flatMap((type) => ofType(schemas, schema, type, depth))];
}

function asList(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function ofType(schemas: Schemas, schema: Schema, type: string, depth: number): Json[] {
  switch (type) {
    case "null":
      return [null];
    case "boolean":
      return [true, false];
    case "integer":
    case "number":
      return numbers(schema);
    case "string":
      return stringCandidates(schema);
    case "array":
      return arrays(schemas, schema, depth);
    default:
      return objects(schemas, schema, depth);
  }
}

function numbers(schema: Schema): number[] {
  const step = numberAt(schema, "multipleOf") ?? 1;
  const above = numberAt(schema, "exclusiveMinimum");
  const below = numberAt(schema, "exclusiveMaximum");
  const least = numberAt(schema, "minimum") ?? (above === undefined ? undefined : above + step);
  const most = numberAt(schema, "maximum") ?? (below === undefined ? undefined : below - step);
  const edges = [least, least === undefined ? undefined : least + step, most];
  return [...edges.filter((edge) => edge !== undefined), 0, 1, -1, step];
}

function arrays(schemas: Schemas, schema: Schema, depth: number): Json[][] {
  const least = numberAt(schema, "minItems") ?? 0;
  const most = numberAt(schema, "maxItems") ?? least + 2;
  const items =
    depth < deepest ? boundariesOf(schemas, asSchema(schema.items), depth + 1) : ([] as Json[]);
  const fill = (length: number) =>
    Array.from({ length }, (_, index) => items[index % items.length] ?? null);
  const lengths = [...new Set([least, Math.max(least, 1), Math.min(most, 20)])];
  return lengths.map(fill);
}

function objects(schemas: Schemas, schema: Schema, depth: number): JsonObject[] {
  const required = requiredOf(schema);
  const members = propertiesOf(schema)
    .filter(([name]) => depth < deepest || required.includes(name))
    .map(([name, member]) => [name, boundariesOf(schemas, member, depth + 1)] as const)
    .filter(([, values]) => values.length > 0);
  const plain = Object.fromEntries(members.map(([name, [first]]) => [name, first as Json]));
  const few = Object.fromEntries(Object.entries(plain).filter(([name]) => required.includes(name)));
  return [
    plain,
    few,
    // Each member at each of its boundaries, with minimal others.
    ...members.flatMap(([name, values]) => values.map((value) => ({ ...few, [name]: value }))),
  ].filter(isObject);
}
