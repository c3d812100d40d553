import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

// What tools of other makers need from the contract.

interface Operation {
  operationId: string;
  security: Record<string, unknown>[];
  parameters?: { $ref: string }[];
  responses: Record<string, unknown>;
}
interface Contract {
  openapi: string;
  info: { contact?: { name?: string } };
  paths: Record<string, Record<string, Operation> & { parameters?: { $ref: string }[] }>;
  components: {
    securitySchemes: Record<string, { type: string; scheme?: string }>;
    parameters: Record<string, { name: string }>;
    schemas: Record<string, object>;
  };
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../dist/${name}`, import.meta.url), "utf8")) as Contract;
const contract = read("openapi.json");
const older = read("openapi-3.0.json");

const operations = ({ paths }: Contract) =>
  Object.entries(paths).flatMap(([path, { parameters: shared = [], ...methods }]) =>
    Object.entries(methods).map(([method, operation]) =>
      Object.assign({}, operation, { call: `${method} ${path}`, shared }),
    ),
  );

const calls = (edition: Contract) =>
  operations(edition).map(({ call, operationId, responses }) => [
    call,
    operationId,
    Object.keys(responses),
  ]);

test("offers a bearer token first, which Postman takes", () => {
  const schemes = contract.components.securitySchemes;
  for (const { call, security } of operations(contract)) {
    const [first = ""] = Object.keys(security[0] ?? {});
    expect(schemes[first], call).toMatchObject({ type: "http", scheme: "bearer" });
  }
});

test("documents 412 only where a condition can be sent", () => {
  const names = Object.values(contract.components.parameters).map(({ name }) => name);
  const conditions = names.filter((name) => /^If-(None-)?Match$/i.test(name));
  for (const { call, shared, parameters = [], responses } of operations(contract)) {
    const taken = [...shared, ...parameters].map(({ $ref }) => $ref.split("/").at(-1));
    const conditional = conditions.some((name) => taken.includes(name));
    expect("412" in responses, call).toBe(conditional);
  }
});

test("names a contact", () => {
  expect(contract.info.contact?.name).toBeTruthy();
});

test("has an edition in OpenAPI 3.0 with every operation and schema", () => {
  expect(older.openapi).toMatch(/^3\.0\./);
  expect(calls(older)).toEqual(calls(contract));
  expect(Object.keys(older.components.schemas)).toEqual(Object.keys(contract.components.schemas));
});

test("writes nothing in the OpenAPI 3.0 edition that 3.0 does not know", () => {
  expect(keywordsIn(older)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(const|contentMediaType|jsonSchemaDialect)$/)]),
  );
  expect(JSON.stringify(older)).not.toMatch(/"type":\[|"type":"null"/);
});

function keywordsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return [...Object.keys(node), ...Object.values(node).flatMap(keywordsIn)];
}
