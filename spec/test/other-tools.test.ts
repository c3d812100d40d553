import { readFileSync } from "node:fs";
import { contract, document } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";

// What other tools need from the contract.

interface Document {
  openapi: string;
  info: { contact?: { name?: string } };
  paths: Record<string, Record<string, { operationId?: string; responses: object }>>;
  components: { schemas: object; securitySchemes: Record<string, object> };
}

const newer = document as unknown as Document;
const older = JSON.parse(
  readFileSync(new URL("../dist/openapi-3.0.json", import.meta.url), "utf8"),
) as Document;

/** The operations of the OpenAPI 3.0 edition, which the model does not read. */
const olderCalls = Object.entries(older.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== "parameters")
    .map(([method, { operationId, responses }]) => [
      `${method.toUpperCase()} ${path}`,
      operationId,
      Object.keys(responses),
    ]),
);

test("offers a bearer token first, as Postman expects", () => {
  for (const { id, security } of contract.operations) {
    const [first] = security;
    expect(newer.components.securitySchemes[first?.name ?? ""], id).toMatchObject({
      type: "http",
      scheme: "bearer",
    });
  }
});

test("documents 412 only for operations with conditional headers", () => {
  for (const { id, parameters, responses } of contract.operations) {
    const isConditional = parameters.some(({ name }) => /^If-(None-)?Match$/i.test(name));
    expect("412" in responses, id).toBe(isConditional);
  }
});

test("names a contact", () => {
  expect(newer.info.contact?.name).toBeTruthy();
});

test("has an edition in OpenAPI 3.0 with every operation and schema", () => {
  expect(older.openapi).toMatch(/^3\.0\./);
  expect(olderCalls).toEqual(
    contract.operations.map(({ id, method, path, responses }) => [
      `${method} ${path}`,
      id,
      Object.keys(responses),
    ]),
  );
  expect(Object.keys(older.components.schemas)).toEqual(Object.keys(contract.schemas));
});

test("uses only OpenAPI 3.0 features in the 3.0 edition", () => {
  expect(keywordsIn(older)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(const|contentMediaType|jsonSchemaDialect)$/)]),
  );
  expect(JSON.stringify(older)).not.toMatch(/"type":\[|"type":"null"/);
});

function keywordsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return [...Object.keys(node), ...Object.values(node).flatMap(keywordsIn)];
}
