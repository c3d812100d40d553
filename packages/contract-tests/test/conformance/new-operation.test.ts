import { expect, test } from "vitest";
import { causeAnswer } from "./cause-answer.ts";
import { faultsOfRequest } from "./check-request.ts";
import { contractDocument, operations } from "./contract-document.ts";
import { httpCall } from "./http-call.ts";
import { readOperations } from "./read-operations.ts";
import { recordedWorld } from "./recorded-world.ts";
import type { Json, JsonObject } from "@partner-qualifications/contract-suite";

// The suite, the mock and the bare client take an operation from the contract alone.

const copy = structuredClone(contractDocument) as unknown as Omit<JsonObject, "paths"> & {
  paths: Record<string, { parameters: Json[]; get?: JsonObject }>;
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

test("it is driven to its failures, and its requests are looked at", async () => {
  await using it = await recordedWorld({ mock: { contract: copy } });
  for (const operation of added) {
    for (const answer of operation.answers.filter(({ status }) => status >= 400)) {
      it.mock.control.clearFaults();
      causeAnswer(it.mock, answer);
      const { response } = await httpCall(it, operation);
      expect(response.status).toBe(answer.status);
    }
  }
  const faults = (known: typeof operations) =>
    it.exchanges.map(({ message: { body, ...head } }) =>
      faultsOfRequest(known, { ...head, body: body.text }),
    );
  expect(faults(readOperations(copy))).toEqual(it.exchanges.map(() => []));
  // The contract that the suite has without it knows of no such address.
  expect(faults(operations)).not.toContainEqual([]);
});
