import {
  asSchema,
  type Json,
  numberAt,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
  typesOf,
} from "@partner-qualifications/spec/model";
import type { Schemas } from "./schemas.ts";
import * as fc from "fast-check";
import { boundariesOf } from "./boundaries-of.ts";
import { codePoint, stringCandidates } from "./strings.ts";

const deepest = 4;
const mostRefused = 10_000;

/**
 * Draws values that a schema accepts; one in three is at a boundary.
 *
 * It constructs values from the constraining keywords of JSON Schema 2020-12, and filters by all others.
 */
export function arbitraryFor(schemas: Schemas, schema: Schema, depth = 0): fc.Arbitrary<Json> {
  const edges = boundariesOf(schemas, schema, depth);
  const inner = schemas.resolve(schema);
  const free = made(schemas, inner, depth).filter(patient(schemas, schema));
  if (edges.length === 0) return free;
  if ("enum" in inner || "const" in inner) return fc.constantFrom(...edges);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...edges), weight: 1 },
    { arbitrary: free, weight: 2 },
  );
}

/** Filters by a schema, and gives up after many consecutive rejections. */
function patient(schemas: Schemas, schema: Schema): (value: Json) => boolean {
  let refused = 0;
  return (value) => {
    const isAccepted = schemas.refusal(schema, value) === undefined;
    refused = isAccepted ? 0 : refused + 1;
    if (refused < mostRefused) return isAccepted;
    throw new Error(`${JSON.stringify(schema)} rejected ${mostRefused} values in a row`);
  };
}

function made(schemas: Schemas, schema: Schema, depth: number): fc.Arbitrary<Json> {
  const { allOf: _, ...own } = schema;
  const all = schemasAt(schema, "allOf").map((part) => schemas.resolve(part));
  if (all.length > 0) return made(schemas, merged([own, ...all]), depth);
  const branches = ["anyOf", "oneOf"].flatMap((keyword) => schemasAt(schema, keyword));
  if (branches.length > 0) {
    return fc.oneof(...branches.map((branch) => arbitraryFor(schemas, branch, depth)));
  }
  const types = typesOf(schema);
  return fc.oneof(
    ...(types.length > 0 ? types : ["string"]).map((type) => ofType(schemas, schema, type, depth)),
  );
}

/** Merges schemas that all apply. */
function merged(schemas: Schema[]): Schema {
  return Object.assign({}, ...schemas, {
    required: schemas.flatMap(requiredOf),
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
  }) as Schema;
}

function ofType(schemas: Schemas, schema: Schema, type: string, depth: number): fc.Arbitrary<Json> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return numbers(schema, type);
    case "string":
      return strings(schema);
    case "array":
      return fc.array(arbitraryFor(schemas, asSchema(schema.items), depth + 1), {
        minLength: numberAt(schema, "minItems") ?? 0,
        maxLength: Math.min(numberAt(schema, "maxItems") ?? 5, 5),
      });
    default:
      return objects(schemas, schema, depth);
  }
}

function numbers(schema: Schema, type: string): fc.Arbitrary<number> {
  const min = numberAt(schema, "minimum") ?? numberAt(schema, "exclusiveMinimum");
  const max = numberAt(schema, "maximum") ?? numberAt(schema, "exclusiveMaximum");
  const range = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const step = numberAt(schema, "multipleOf");
  if (step !== undefined) {
    const steps = {
      ...(min !== undefined && { min: Math.ceil(min / step) }),
      ...(max !== undefined && { max: Math.floor(max / step) }),
    };
    return fc.integer(steps).map((count) => count * step);
  }
  if (type === "number") return fc.double({ ...range, noNaN: true, noDefaultInfinity: true });
  return fc.integer(range);
}

/** Created on demand: addresses take a second. */
const formats: Record<string, () => fc.Arbitrary<string>> = {
  uuid: () => fc.uuid(),
  "date-time": () =>
    fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  email: () => fc.emailAddress(),
  hostname: () => fc.domain(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  uri: () => fc.webUrl(),
};

function strings(schema: Schema): fc.Arbitrary<string> {
  const minLength = numberAt(schema, "minLength") ?? 0;
  const maxLength = Math.min(numberAt(schema, "maxLength") ?? minLength + 64, minLength + 64);
  const ofFormat = formats[String(schema.format)];
  if (ofFormat) return ofFormat();
  // Random strings rarely match another format.
  const known = "format" in schema ? stringCandidates(schema) : [];
  if (known.length > 0) return fc.constantFrom(...known);
  if (typeof schema.pattern === "string") {
    return fc.stringMatching(new RegExp(schema.pattern, "u"));
  }
  // Lengths are counted in code points.
  return fc.string({ minLength, maxLength, unit: codePoint });
}

function objects(schemas: Schemas, schema: Schema, depth: number): fc.Arbitrary<Json> {
  const required = requiredOf(schema);
  const members = propertiesOf(schema)
    .filter(([name]) => depth < deepest || required.includes(name))
    .map(([name, member]) => [name, arbitraryFor(schemas, member, depth + 1)] as const);
  // Members that are required but have no schema.
  const unsaid = required.filter((name) => !members.some(([member]) => member === name));
  const all = { ...Object.fromEntries(members), ...Object.fromEntries(unsaid.map(anyText)) };
  return fc.record(all, { requiredKeys: required }) as fc.Arbitrary<Json>;
}

function anyText(name: string): [string, fc.Arbitrary<Json>] {
  return [name, fc.string()];
}
