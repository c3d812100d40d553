import * as fc from "fast-check";
import type { Json } from "../contract/json.ts";
import type { Contract } from "../contract/read-contract.ts";
import {
  asSchema,
  numberAt,
  propertiesOf,
  requiredOf,
  type Schema,
  schemasAt,
  typesOf,
} from "../contract/schema.ts";
import { boundariesOf } from "./boundaries-of.ts";
import { stringCandidates } from "./strings.ts";

const deepest = 4;

/**
 * Draws values that a schema accepts; one in three is at an edge of it.
 *
 * Known are the keywords of JSON Schema 2020-12 that say what a value is made of. Whatever else the
 * schema says is held by leaving out what it refuses.
 */
export function arbitraryFor(contract: Contract, schema: Schema, depth = 0): fc.Arbitrary<Json> {
  const edges = boundariesOf(contract, schema, depth);
  const inner = contract.resolve(schema);
  const free = made(contract, inner, depth).filter(
    (value) => contract.refusal(schema, value) === undefined,
  );
  if (edges.length === 0) return free;
  if ("enum" in inner || "const" in inner) return fc.constantFrom(...edges);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...edges), weight: 1 },
    { arbitrary: free, weight: 2 },
  );
}

function made(contract: Contract, schema: Schema, depth: number): fc.Arbitrary<Json> {
  const branches = ["anyOf", "oneOf", "allOf"].flatMap((keyword) => schemasAt(schema, keyword));
  if (branches.length > 0) {
    return fc.oneof(...branches.map((branch) => arbitraryFor(contract, branch, depth)));
  }
  const types = typesOf(schema);
  return fc.oneof(
    ...(types.length > 0 ? types : ["string"]).map((type) => ofType(contract, schema, type, depth)),
  );
}

function ofType(
  contract: Contract,
  schema: Schema,
  type: string,
  depth: number,
): fc.Arbitrary<Json> {
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
      return fc.array(arbitraryFor(contract, asSchema(schema.items), depth + 1), {
        minLength: numberAt(schema, "minItems") ?? 0,
        maxLength: Math.min(numberAt(schema, "maxItems") ?? 5, 5),
      });
    default:
      return objects(contract, schema, depth);
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

const formats: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  "date-time": fc
    .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  email: fc.emailAddress(),
  hostname: fc.domain(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uri: fc.webUrl(),
};

function strings(schema: Schema): fc.Arbitrary<string> {
  const minLength = numberAt(schema, "minLength") ?? 0;
  const maxLength = Math.min(numberAt(schema, "maxLength") ?? minLength + 64, minLength + 64);
  const ofFormat = formats[String(schema.format)];
  if (ofFormat) return ofFormat;
  // What has another format is not met by chance.
  const known = "format" in schema ? stringCandidates(schema) : [];
  if (known.length > 0) return fc.constantFrom(...known);
  if (typeof schema.pattern === "string") {
    return fc.stringMatching(new RegExp(schema.pattern, "u"));
  }
  // A length is counted in code points.
  return fc.string({ minLength, maxLength, unit: "binary" });
}

function objects(contract: Contract, schema: Schema, depth: number): fc.Arbitrary<Json> {
  const required = requiredOf(schema);
  const members = propertiesOf(schema)
    .filter(([name]) => depth < deepest || required.includes(name))
    .map(([name, member]) => [name, arbitraryFor(contract, member, depth + 1)] as const);
  return fc.record(Object.fromEntries(members), {
    requiredKeys: required.filter((name) => members.some(([member]) => member === name)),
  }) as fc.Arbitrary<Json>;
}
