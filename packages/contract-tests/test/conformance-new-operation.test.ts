import { expect, test } from "vitest";
import { causeAnswer } from "../src/conformance/cause-answer.ts";
import { faultsOfRequest } from "../src/conformance/check-request.ts";
import { contractDocument, operations } from "../src/conformance/contract-document.ts";
import { httpCall } from "../src/conformance/http-call.ts";
import { readOperations } from "../src/conformance/read-operations.ts";
import { recordedWorld } from "../src/conformance/recorded-world.ts";

// The suite, the mock and the bare client take an operation from the contract alone.

const copy = structuredClone(contractDocument) as typeof contractDocument & {
  paths: Record<string, { parameters: unknown[]; get?: object }>;
};
const { parameters, get } = copy.paths["/v1/customers/{customer_id}/qualifications"] ?? {};
copy.paths["/v1/customers/{customer_id}/audits"] = {
  parameters: parameters ?? [],
  get: { ...get, operationId: "listAudits" },
};
const added = readOperations(copy).filter(
  ({ operationId }) => !operations.some((known) => known.operationId === operationId),
);

test("an operation that is added to the contract adds its cases", () => {
  expect(added.map(({ operationId }) => operationId)).toEqual(["listAudits"]);
  const like = operations.find(({ operationId }) => operationId === "listQualifications");
  expect(added[0]?.answers).toHaveLength(like?.answers.length ?? 0);
});

const failures = added.flatMap((operation) =>
  operation.answers
    .filter(({ status }) => status >= 400)
    .map((answer) => ({ answer, operation, title: `${answer.status} ${answer.mediaType}` })),
);

test.each(failures)("the new operation is driven to $title", async ({ answer, operation }) => {
  await using it = await recordedWorld({ mock: { contract: copy } });
  causeAnswer(it.mock, answer);
  const { response } = await httpCall(it.client, operation);
  expect(response.status).toBe(answer.status);
  const [{ message } = { message: undefined }] = it.exchanges;
  expect(message?.url.pathname).toMatch(/\/audits$/);
  const sent = message && { ...message, body: message.body.text };
  expect(sent && faultsOfRequest(readOperations(copy), sent)).toEqual([]);
  // The contract that the suite has without it knows better.
  expect(sent && faultsOfRequest(operations, sent)).not.toEqual([]);
});
