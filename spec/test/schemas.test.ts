import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";

interface Contract {
  components: {
    schemas: Record<string, { enum?: string[] }>;
    examples: Record<string, { value: { code?: string | number } }>;
  };
}

const dist = (name: string) => readFileSync(new URL(`../dist/${name}`, import.meta.url), "utf8");
const contract = JSON.parse(dist("openapi.json")) as Contract;
const errors = JSON.parse(dist("errors.json")) as {
  code: string;
  status?: number;
  fixedBy: string;
  retry: string;
}[];
const { schemas, examples } = contract.components;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
// What OpenAPI adds to JSON Schema, and where the bundle keeps its schemas; all else is a mistake.
ajv.addVocabulary(["discriminator", "example", "x-evidence", "x-assumption", "components"]);
ajv.addSchema({ $id: "contract", components: { schemas } }, "contract");

test.each(Object.keys(schemas))("the schema %s compiles in Ajv's strict mode", (name) => {
  expect(ajv.compile({ $ref: `contract#/components/schemas/${name}` })).toBeTypeOf("function");
});

test("the codes of the catalogue are the known codes of the error body", () => {
  expect(schemas.KnownApiFaultCode?.enum).toEqual(errors.map(({ code }) => code));
});

test("every example of an error has a code of the catalogue", () => {
  const codes = errors.map(({ code }) => code);
  const faults = Object.values(examples).filter(({ value }) => value?.code !== undefined);
  expect(faults.length).toBeGreaterThan(10);
  for (const { value } of faults) expect(codes).toContain(String(value.code));
});

test("every code says who can fix it and whether a retry can help", () => {
  for (const { fixedBy, retry } of errors) {
    expect(["developer", "partner", "customer", "microsoft"]).toContain(fixedBy);
    expect(["never", "later", "sameRequestId"]).toContain(retry);
  }
  expect(errors.map(({ code }) => Number(code))).toEqual(
    errors.map(({ code }) => Number(code)).toSorted((one, other) => one - other),
  );
});
