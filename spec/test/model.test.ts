import {
  contract,
  ContractError,
  document,
  documented,
  type Json,
  type JsonObject,
  readContract,
} from "@partner-qualifications/spec/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

const operation = (id: string) => contract.operations.find((one) => one.id === id)!;

/** Returns a contract with one operation. */
function small(parts: { operation?: JsonObject; item?: JsonObject; root?: JsonObject } = {}) {
  const ok = { "200": { description: "OK" } };
  return {
    openapi: "3.1.0",
    info: { title: "Small", version: "1.0.0" },
    paths: { "/things": { get: { responses: ok, ...parts.operation }, ...parts.item } },
    ...parts.root,
  };
}

describe("operations", () => {
  test("reads the operations in the order of the contract", () => {
    expect(contract.operations.map(({ id, method, path }) => `${id} ${method} ${path}`)).toEqual([
      "listQualifications GET /v1/customers/{customer_id}/qualifications",
      "requestQualification POST /v1/customers/{customer_id}/qualifications",
      "getQualification GET /v1/customers/{customer_id}/qualification",
      "setQualification PUT /v1/customers/{customer_id}/qualification",
      "listValidationCodes GET /v1/customers/all/validations",
      "getValidationStatus GET /v1/customers/{customer_id}/validationStatus",
      "listCustomers GET /v1/customers",
      "getCustomer GET /v1/customers/{customer_id}",
      "listAuditRecords GET /v1/auditrecords",
    ]);
  });

  test("returns the retry rules in milliseconds", () => {
    expect(operation("requestQualification").retry).toEqual({
      statuses: [408, 429, 500, 502, 503, 504],
      noAnswer: true,
      maxAttempts: 4,
      initialMs: 500,
      maxMs: 30_000,
      factor: 2,
    });
    expect(operation("requestQualification").idempotencyHeader).toBe("MS-RequestId");
  });

  test("returns the operations for signed-in users only", () => {
    const ids = contract.operations.filter(({ needsUser }) => needsUser).map(({ id }) => id);
    expect(ids).toEqual(["requestQualification", "setQualification", "getValidationStatus"]);
    expect(operation("getCustomer").security.map(({ kind }) => kind)).toEqual([
      "any",
      "user",
      "application",
    ]);
  });

  test("adds the parameters of the path to those of the operation", () => {
    const { parameters } = operation("requestQualification");
    expect(parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual(
      expect.arrayContaining(["path customer_id", "query code", "header MS-RequestId"]),
    );
  });

  test("prefers a parameter of the operation to that of its path", () => {
    const { operations } = readContract(
      small({
        item: { parameters: [{ name: "Size", in: "query", schema: {} }] },
        operation: { parameters: [{ name: "size", in: "query", required: true, schema: {} }] },
      }),
    );
    expect(operations[0]?.parameters).toMatchObject([{ name: "size", required: true }]);
  });

  test("finds the response for a status by number, range and default", () => {
    const { operations } = readContract(
      small({
        operation: {
          responses: {
            "200": { description: "exact" },
            "4XX": { description: "range" },
            default: { description: "other" },
          },
        },
      }),
    );
    const described = (status: number) => documented(operations[0]!, status)?.description;
    expect([200, 404, 500].map(described)).toEqual(["exact", "range", "other"]);
  });
});

describe("references", () => {
  test("follows the references of parameters, bodies, responses, headers and examples", () => {
    const { body, responses } = operation("requestQualification");
    expect(body?.content["application/json"]?.examples.education?.value).toMatchObject({
      qualification: "Education",
    });
    const throttled = responses["429"];
    expect(throttled?.headers["Retry-After"]).toMatchObject({
      required: true,
      examples: { example: { value: 57 } },
      evidence: ["throttling-retry-after"],
    });
    expect(throttled?.content["application/json"]?.examples).not.toEqual({});
  });

  test("resolves one reference and keeps nested ones", () => {
    const { schemas } = contract;
    const resolved = contract.resolve({
      $ref: "contract#/components/schemas/CustomerQualification",
      description: "Beside it.",
    });
    expect(resolved).toEqual({ ...schemas.CustomerQualification, description: "Beside it." });
    expect(JSON.stringify(resolved)).toContain('"$ref"');
  });

  test("resolves a reference of the original document", () => {
    const $ref = "#/components/schemas/ValidationCode";
    expect(contract.resolve({ $ref })).toEqual(contract.schemas.ValidationCode);
  });
});

describe("schemas", () => {
  test("compiles every schema individually with Ajv", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(contract.document, "contract");
    const schemas = contract.operations.flatMap(({ parameters, body, responses }) => {
      const parts = Object.values(responses).flatMap(({ headers, content }) => [headers, content]);
      return [parameters, body?.content ?? {}, ...parts].flatMap((part) => Object.values(part));
    });
    expect(schemas.length).toBeGreaterThan(400);
    for (const { schema } of schemas) expect(ajv.compile(schema)).toBeTypeOf("function");
    const { schema } =
      operation("listQualifications").responses["200"]!.content["application/json"]!;
    expect(ajv.validate(schema, [{ qualification: "Education" }])).toBe(true);
    expect(ajv.validate(schema, [{}])).toBe(false);
  });

  test("expands a schema with names as titles and joined grounds", () => {
    const nested = small({
      root: {
        components: {
          schemas: {
            Box: {
              properties: { thing: { $ref: "#/components/schemas/Thing", "x-evidence": ["a"] } },
            },
            Thing: { type: "string", "x-evidence": ["b"], "x-assumption": ["A1"] },
          },
        },
      },
    });
    const { schemas, expand } = readContract(nested);
    expect(expand(schemas.Box!)).toEqual({
      properties: {
        thing: { title: "Thing", type: "string", "x-evidence": ["a", "b"], "x-assumption": ["A1"] },
      },
    });
  });

  test("expands a recursive schema and keeps the inner reference", () => {
    const $ref = "#/components/schemas/Tree";
    const { schemas, expand } = readContract(
      small({ root: { components: { schemas: { Tree: { items: { $ref } } } } } }),
    );
    expect(expand(schemas.Tree!)).toEqual({
      items: { title: "Tree", items: { $ref: `contract${$ref}` } },
    });
  });

  test("recognizes open sets, not closed ones", () => {
    const status = contract.resolve(contract.schemas.CustomerQualification!)
      .properties as JsonObject;
    expect(contract.openSet(status.vettingStatus as JsonObject)?.known).toEqual([
      "InReview",
      "Approved",
      "Denied",
    ]);
    expect(contract.openSet({ anyOf: [{ type: "string", enum: ["A"] }, { type: "null" }] })).toBe(
      undefined,
    );
    expect(
      contract.openSet({
        anyOf: [{ type: "string", enum: ["A"] }, { type: "string" }, { type: "integer" }],
      }),
    ).toEqual({ known: ["A"], allowsIntegers: true });
  });
});

describe("the document", () => {
  test("returns the token sources of each environment", () => {
    const { appUser, appOnly } = contract.securitySchemes;
    expect(appUser?.tokenUrl).toMatch(/^https:.*token$/);
    expect(appOnly?.scopes).toEqual(["https://api.partnercenter.microsoft.com/.default"]);
    expect(Object.keys(appUser?.environments ?? {})).toEqual(["global", "usGovernment", "china"]);
    expect(contract.servers.map(({ environment }) => environment)).toEqual([
      "global",
      "china",
      undefined,
    ]);
  });

  test("does not modify the document", () => {
    const before = structuredClone(document);
    readContract(document);
    expect(document).toEqual(before);
  });

  test.each<[string, unknown, string]>([
    ["a list", [], "it is not an OpenAPI document of version 3.1 or newer"],
    ["nothing", null, "it is not an OpenAPI document of version 3.1 or newer"],
    [
      "version 3.0",
      { openapi: "3.0.3", paths: {} },
      "it is not an OpenAPI document of version 3.1",
    ],
    ["no paths", { openapi: "3.1.0" }, "it has no paths"],
    [
      "one operationId twice",
      small({ operation: { operationId: "one" }, item: { put: { operationId: "one" } } }),
      "two operations have the id one",
    ],
    [
      "a part of a path without a parameter",
      small({ root: { paths: { "/{id}": { get: { operationId: "one" } } } } }),
      "one has no parameter for {id} in its path",
    ],
    [
      "a reference to another file",
      small({ operation: { parameters: [{ $ref: "other.yaml#/x" }] } }),
      "other.yaml#/x is not in the document: bundle it",
    ],
    [
      "a reference without a target",
      small({ operation: { responses: { "400": { $ref: "#/components/responses/No" } } } }),
      "#/components/responses/No does not exist",
    ],
    [
      "an unknown security scheme",
      small({ operation: { security: [{ oauth: [] }] } }),
      "#/components/securitySchemes/oauth does not exist",
    ],
    [
      "a back-off that is not a duration",
      small({ operation: { "x-retry": { backoff: { initial: "soon", max: "PT1S" } } as Json } }),
      "Cannot read the duration soon",
    ],
    [
      "a relation of an unknown kind",
      small({ root: { "x-relations": { odd: { says: "It is odd." } } } }),
      "the relation odd has an unknown kind",
    ],
  ])("rejects a document with %s", (_, broken, message) => {
    expect(() => readContract(broken)).toThrow(ContractError);
    expect(() => readContract(broken)).toThrow(message);
  });
});
