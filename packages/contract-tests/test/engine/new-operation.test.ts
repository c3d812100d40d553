import { startMock } from "@partner-qualifications/mock";
import { asSchema } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { readContract, runSuite, type SuiteResult } from "@partner-qualifications/contract-suite";
import { partOf } from "../phases/against-mock.ts";

/** A new operation: the partner's name for a customer. */
const nickname = {
  parameters: [{ $ref: "#/components/parameters/CustomerTenantId" }],
  put: {
    operationId: "setNickname",
    parameters: [
      { name: "shout", in: "query", schema: { type: "boolean" } },
      { name: "X-Reason", in: "header", required: true, schema: { type: "string", minLength: 3 } },
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["nickname"],
            additionalProperties: false,
            properties: {
              nickname: { type: "string", minLength: 1, maxLength: 20 },
              stars: { type: "integer", minimum: 1, maximum: 5 },
            },
          },
          examples: { short: { value: { nickname: "Con" } } },
        },
      },
    },
    responses: {
      "204": { description: "Done." },
      "400": { $ref: "#/components/responses/PartnerCenterBadRequest" },
      "401": { $ref: "#/components/responses/PartnerCenterUnauthorized" },
      "405": { $ref: "#/components/responses/PartnerCenterMethodNotAllowed" },
      "415": { $ref: "#/components/responses/PartnerCenterUnsupportedMediaType" },
    },
  },
};

async function run(contract: object): Promise<SuiteResult> {
  await using mock = await startMock({ contract });
  const target = { baseUrl: mock.url, control: mock.url, timeoutMs: 60_000 };
  return await runSuite({ contract: readContract(contract), target, maxResponseTime: 60_000 });
}

test("tests a newly added operation without changes to the suite", async () => {
  // One other operation is enough for comparison, and a fifth of the requests.
  const path = "/v1/customers/{customer_id}";
  const small = partOf(path);
  const copy = { ...small, paths: { ...asSchema(small.paths), [`${path}/nickname`]: nickname } };
  const before = await run(small);
  const after = await run(copy);

  expect(before.failures).toEqual([]);
  const added = after.exchanges.filter((exchange) => exchange.case.operation.id === "setNickname");
  expect(after.sent - before.sent).toBe(added.length);
  const count = (kind: string) =>
    added.filter((exchange) => exchange.case.intent.kind === kind).length;
  // As many as its parameters and members have boundaries and keywords.
  expect({
    valid: count("valid"),
    invalid: count("invalid"),
    method: count("method"),
    withoutToken: count("withoutToken"),
  }).toMatchInlineSnapshot(`
    {
      "invalid": 57,
      "method": 6,
      "valid": 38,
      "withoutToken": 1,
    }
  `);
  expect(after.matrix.cells.length).toBeGreaterThan(before.matrix.cells.length + 50);

  // The mock's simulator does not implement it, which the suite reports for this operation only.
  expect(new Set(after.failures.map(({ operationId }) => operationId))).toEqual(
    new Set(["setNickname"]),
  );
}, 400_000);
