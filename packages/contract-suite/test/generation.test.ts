import { contract, type Json, type Schema } from "@partner-qualifications/spec/model";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFor, boundariesOf, mutationsOf, schemasOf } from "../src/index.ts";

const schemas = schemasOf(contract);
const named = Object.keys(contract.schemas).map((name): [string, Schema] => [
  name,
  { $ref: `contract#/components/schemas/${name}` },
]);

/** Schemas that this contract does not use but another one may. */
const general: [string, Schema][] = [
  ["exclusive bounds", { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 2.5 }],
  ["a multiple", { type: "integer", multipleOf: 5, minimum: 5, maximum: 20 }],
  ["a constant", { const: "v1" }],
  ["a list of different items", { type: "array", items: { type: "integer" }, uniqueItems: true }],
  ["a bounded list", { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 }],
  ["several types", { type: ["string", "null"], maxLength: 3 }],
  [
    "all of several",
    {
      allOf: [
        { type: "object", required: ["a"] },
        { type: "object", properties: { a: { type: "string" } } },
      ],
    },
  ],
  ["a date", { type: "string", format: "date-time" }],
  ["an address", { type: "string", format: "email" }],
  ["an object with a map", { type: "object", additionalProperties: { type: "integer" } }],
];

describe.each([...named, ...general])("%s", (_, schema) => {
  test("accepts boundaries and drawn values, rejects mutations", () => {
    const boundaries = boundariesOf(schemas, schema);
    expect(boundaries.length).toBeGreaterThan(0);
    for (const value of boundaries) expect(schemas.refusal(schema, value)).toBeUndefined();
    const mutations = mutationsOf(schemas, schema);
    expect(mutations.length).toBeGreaterThan(0);
    for (const { value } of mutations) expect(schemas.refusal(schema, value)).toBeDefined();
    fc.assert(
      fc.property(arbitraryFor(schemas, schema), (value) => {
        expect(schemas.refusal(schema, value)).toBeUndefined();
      }),
      process.env.SWEEPS ? { numRuns: 300 } : { numRuns: 30, seed: 1 },
    );
  }, 120_000);
});

const broken = (schema: Schema) =>
  mutationsOf(schemas, schema).flatMap(({ value, breaks }) =>
    breaks.map(({ pointer, keyword }): [string, Json] => [`${pointer} ${keyword}`.trim(), value]),
  );

test("violates each keyword of a schema at its place", () => {
  const schema: Schema = {
    type: "object",
    required: ["size"],
    additionalProperties: false,
    properties: {
      size: { type: "integer", minimum: 1, maximum: 9 },
      name: { type: "string", minLength: 2, maxLength: 3, pattern: "^[a-z]+$" },
      kinds: { type: "array", minItems: 1, maxItems: 2, items: { enum: ["a", "b"] } },
    },
  };
  expect([...new Set(broken(schema).map(([what]) => what))].toSorted()).toEqual([
    "/properties/kinds maxItems",
    "/properties/kinds minItems",
    "/properties/kinds type",
    "/properties/kinds/items enum",
    "/properties/name maxLength",
    "/properties/name minLength",
    "/properties/name pattern",
    "/properties/name type",
    "/properties/size maximum",
    "/properties/size minimum",
    "/properties/size type",
    "additionalProperties",
    "required",
    "type",
  ]);
});

const lengths = (values: Json[]) => values.map((value) => [...String(value)].length);

test("counts lengths in code points, at the limit and beyond", () => {
  const schema: Schema = { type: "string", maxLength: 4 };
  expect(Math.max(...lengths(boundariesOf(schemas, schema)))).toBe(4);
  expect(boundariesOf(schemas, schema)).toContain("𝄞𝄞𝄞𝄞");
  const tooLong = broken(schema).filter(([what]) => what === "maxLength");
  expect(lengths(tooLong.map(([, value]) => value))).toContain(5);
});

test("finds no invalid value for an open set", () => {
  const vettingStatus =
    "contract#/components/schemas/CustomerQualification/properties/vettingStatus";
  const keywords = broken({ $ref: vettingStatus }).map(([what]) => what);
  expect(keywords).not.toContain("/anyOf/0 enum");
  expect(keywords).toContain("/anyOf/1 maxLength");
});
