import { contract, document, type JsonObject } from "@partner-qualifications/spec/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";

const { errors, operations, resolve, schemas } = contract;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
// OpenAPI's additions to JSON Schema, and the bundle's place for schemas. Anything else is a mistake.
ajv.addVocabulary(["discriminator", "example", "x-evidence", "x-assumption", "components"]);
const { schemas: bundled } = document.components as JsonObject;
ajv.addSchema({ $id: "contract", components: { schemas: bundled } }, "contract");

test.each(Object.keys(schemas))("compiles the schema %s in Ajv's strict mode", (name) => {
  expect(ajv.compile({ $ref: `contract#/components/schemas/${name}` })).toBeTypeOf("function");
});

test("lists every catalog code as a known code of the error body", () => {
  const { code } = resolve(schemas.ApiFault!).properties as JsonObject;
  expect(contract.openSet(code as JsonObject)?.known).toEqual(errors.map((error) => error.code));
});

test("has a catalog code in every example of an error", () => {
  const codes = errors.map(({ code }) => code);
  const media = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) => Object.values(content)),
  );
  const examples = media.flatMap((one) => Object.values(one.examples));
  const faults = examples.filter(({ value }) => (value as JsonObject | null)?.code !== undefined);
  expect(faults.length).toBeGreaterThan(10);
  for (const { value } of faults) expect(codes).toContain(String((value as JsonObject).code));
});

test("has cause, fixer, fix and retry for every code", () => {
  for (const { code, meaning, cause, fixedBy, whatToDo, retry } of errors) {
    for (const text of [meaning, cause, whatToDo]) expect(text, code).toMatch(/ .+\.$/s);
    expect(["developer", "partner", "customer", "microsoft"]).toContain(fixedBy);
    expect(["never", "later", "sameRequestId"]).toContain(retry);
  }
  expect(errors.map(({ code }) => Number(code))).toEqual(
    errors.map(({ code }) => Number(code)).toSorted((one, other) => one - other),
  );
});
