import {
  createQualificationsClient,
  type QualificationsClient,
} from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { openSetCases, unheardOf } from "@partner-qualifications/contract-suite";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";

// open_set_stays_open: an undocumented value reaches the caller and breaks nothing.

const id = "11111111-2222-3333-4444-555555555555";
const params = { path: { customer_id: id } };

type Http = ReturnType<typeof createHttpClient>;
type Read = (client: QualificationsClient & { http: Http }) => Promise<unknown>;

/** How the client reads each operation's response. */
const reads: Record<string, Read> = {
  listQualifications: ({ qualifications }) => qualifications.list(id),
  requestQualification: async ({ qualifications }) =>
    (await qualifications.request(id, { qualification: "Education", educationSegment: "K12" }))
      .item,
  getQualification: async (client) =>
    (await createHttpClient(client).GET("/v1/customers/{customer_id}/qualification", { params }))
      .data,
  setQualification: async (client) =>
    (
      await createHttpClient(client).PUT("/v1/customers/{customer_id}/qualification", {
        params,
        body: "Education",
      })
    ).data,
  getValidationStatus: async (client) => {
    const query = { type: "account" } as const;
    const path = "/v1/customers/{customer_id}/validationStatus";
    return (await createHttpClient(client).GET(path, { params: { ...params, query } })).data;
  },
  listCustomers: async (client) => (await createHttpClient(client).GET("/v1/customers", {})).data,
  listAuditRecords: async (client) =>
    (await createHttpClient(client).GET("/v1/auditrecords", {})).data,
  getCustomer: async (client) =>
    (await createHttpClient(client).GET("/v1/customers/{customer_id}", { params })).data,
};

const cases = openSetCases(contract);

test("has a case for every operation returning an open set", () => {
  expect(cases.map(({ operationId, pointer }) => `${operationId} ${pointer}`))
    .toMatchInlineSnapshot(`
    [
      "listQualifications /0/qualification",
      "listQualifications /0/vettingStatus",
      "listQualifications /0/vettingReason",
      "requestQualification /qualification",
      "requestQualification /vettingStatus",
      "requestQualification /vettingReason",
      "getQualification ",
      "setQualification ",
      "getValidationStatus /type",
      "getValidationStatus /status",
      "listCustomers /items/0/relationshipToPartner",
      "getCustomer /relationshipToPartner",
      "listAuditRecords /items/0/resourceType",
      "listAuditRecords /items/0/operationType",
      "listAuditRecords /items/0/operationStatus",
    ]
  `);
});

test.each(cases)(
  "returns an undocumented value of $operationId at $pointer to the caller",
  async ({ operationId, status, pointer, body }) => {
    const client = createQualificationsClient({
      credential: "none",
      fetch: async () =>
        new Response(JSON.stringify(body), {
          status,
          headers: { "Content-Type": "application/json" },
        }),
    });
    let value = await reads[operationId]?.({ ...client, http: createHttpClient(client) });
    for (const part of pointer.split("/").slice(1))
      value = (value as Record<string, unknown>)[part];
    expect(value).toBe(unheardOf);
  },
);
