import {
  contract,
  document,
  type Json,
  type JsonObject,
  readContract,
} from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { causeAnswer } from "./cause-answer.ts";
import { faultsOfRequest } from "./check-request.ts";
import { answersOf } from "./documented-answers.ts";
import { httpCall } from "./http-call.ts";
import { recordedWorld } from "./recorded-world.ts";

// The suite, the mock and the HTTP client support an operation from the contract alone.

const copy = structuredClone(document) as unknown as Omit<JsonObject, "paths"> & {
  paths: Record<string, { parameters: Json[]; get?: JsonObject }>;
};
const { parameters, get } = copy.paths["/v1/customers/{customer_id}/qualifications"] ?? {};
copy.paths["/v1/customers/{customer_id}/audits"] = {
  parameters: parameters ?? [],
  get: { ...get, operationId: "listAudits" },
};
const other = readContract(copy);
const added = other.operations.filter(
  ({ id }) => !contract.operations.some((known) => known.id === id),
);

test("adds the cases of a new operation", () => {
  expect(added.map(({ id }) => id)).toEqual(["listAudits"]);
  const like = contract.operations.find(({ id }) => id === "listQualifications");
  expect(added.flatMap(answersOf)).toHaveLength(like ? answersOf(like).length : 0);
});

test("causes a new operation's failures and checks its requests", async () => {
  await using it = await recordedWorld({ mock: { contract: copy } });
  for (const operation of added) {
    for (const answer of answersOf(operation).filter(({ status }) => status >= 400)) {
      it.mock.control.clearFaults();
      causeAnswer(it.mock, answer);
      const { response } = await httpCall(it, operation);
      expect(response.status).toBe(answer.status);
    }
  }
  const faults = (known: typeof contract) =>
    it.exchanges.map(({ message: { body, ...head } }) =>
      faultsOfRequest(known, { ...head, body: body.text }),
    );
  expect(faults(other)).toEqual(it.exchanges.map(() => []));
  // The original contract has no such path.
  expect(faults(contract)).not.toContainEqual([]);
});
