import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type OpenApiDocument, startMock } from "../src/index.ts";
import {
  readPrismOperations,
  shareEqualParts,
  withExactMessages,
} from "../src/prism/prism-operations.ts";
import { bundledContract } from "./bundled-contract.ts";

function controlDescription(): OpenApiDocument {
  return parse(readFileSync(new URL("../control.openapi.yaml", import.meta.url), "utf8"));
}

/** Starts a mock with a changed contract. */
async function startWith(change: (contract: OpenApiDocument) => void): Promise<void> {
  const contract = bundledContract();
  change(contract);
  await using _ = await startMock({ contract });
}

test.each<[string, string, (contract: OpenApiDocument) => void]>([
  [
    "a bad pattern in a request body",
    "requestQualification request",
    ({ components }) => (components.schemas.EducationRequest.properties.website.pattern = "("),
  ],
  [
    "a bad pattern in an answer",
    "listQualifications 200",
    ({ components }) =>
      (components.schemas.CustomerQualification.properties.vettingReason.pattern = "("),
  ],
  [
    "a bad pattern in a path parameter",
    "request does not compile",
    ({ components }) => (components.schemas.PartnerCenterGuid.pattern = "("),
  ],
  [
    "a schema that is none",
    "does not compile",
    ({ components }) => (components.schemas.ApiFault.properties.source.maxLength = "long"),
  ],
  [
    "an older dialect",
    "2020-12",
    (contract) => (contract.jsonSchemaDialect = "http://json-schema.org/draft-07/schema#"),
  ],
])("%s: the mock refuses to start", async (_, place, change) => {
  await expect(startWith(change)).rejects.toThrow(place);
});

test.each<[string, () => OpenApiDocument]>([
  ["the contract", bundledContract],
  ["the description of the control API", controlDescription],
])("every schema of %s compiles, since the mock compiles them on first use", async (_, read) => {
  await using mock = await startMock({ contract: read() });
  expect((await fetch(`${mock.url}/_mock/clock`)).status).toBe(200);
});

test("reads a contract as Prism does", async () => {
  const prism = await import("@stoplight/prism-http/dist/utils/operations.js");
  const theirs = await prism.getHttpOperationsFromSpec(withExactMessages(bundledContract()));
  expect(await readPrismOperations(bundledContract())).toEqual(shareEqualParts(theirs));
});

test("honors the keywords of JSON Schema 2020-12", async () => {
  const contract = bundledContract();
  contract.components.schemas.EducationRequest.dependentRequired = {
    website: ["educationSegment"],
  };
  await using mock = await startMock({ contract });
  const response = await fetch(
    `${mock.url}/v1/customers/11111111-2222-3333-4444-555555555555/qualifications`,
    {
      method: "POST",
      headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
      body: '{"qualification":"Education","website":"a.example"}',
    },
  );
  expect(response.status).toBe(400);
});
