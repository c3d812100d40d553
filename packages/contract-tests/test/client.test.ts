import {
  createQualificationsClient,
  type CustomerQualification,
  PartnerCenterError,
  type ValidationCode,
} from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { startMock } from "@partner-qualifications/mock";
import { expect, expectTypeOf, test } from "vitest";
import { schemasOf } from "@partner-qualifications/contract-suite";
import { contract, type Json } from "@partner-qualifications/spec/model";

const school = "11111111-2222-3333-4444-555555555555";
const denied = "00000000-0000-4000-8000-00000000de01";
const elsewhere = "00000000-0000-4000-8000-000000000403";

/** Returns why a contract's schema rejects a value. */
function refusal(schema: string, value: unknown): string | undefined {
  const reference = { $ref: `contract#/components/schemas/${schema}` };
  return schemasOf(contract).refusal(reference, value as Json);
}

async function world() {
  const mock = await startMock({ clock: "manual", now: "2020-12-07T09:00:00Z" });
  return {
    mock,
    client: createQualificationsClient({ baseUrl: mock.url, credential: () => "any" }),
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

test("matches the client's types with the contract's schemas", async () => {
  await using it = await world();
  const vetting = await it.client.qualifications.request(school, {
    qualification: "Education",
    educationSegment: "K12",
    website: "example.edu",
  });
  const listed = await it.client.qualifications.list(school);
  const codes = await it.client.validationCodes.list();

  const requested = vetting.item;
  expectTypeOf(requested).toEqualTypeOf<CustomerQualification | undefined>();
  expectTypeOf(listed).toEqualTypeOf<CustomerQualification[]>();
  expectTypeOf(codes).toEqualTypeOf<ValidationCode[]>();
  expect(refusal("CustomerQualification", requested)).toBeUndefined();
  expect(refusal("CustomerQualifications", listed)).toBeUndefined();
  expect(refusal("ValidationCodes", codes)).toBeUndefined();
  // By name and value, so that renaming one in the contract fails here.
  expect(listed).toEqual([requested]);
  const inReview: CustomerQualification = {
    qualification: "Education",
    vettingStatus: "InReview",
    vettingCreateDate: "2020-12-07T09:00:00Z",
  };
  expect(requested).toEqual(inReview);
  expect(codes[0]).toMatchObject({ validationId: "12345", maxCreates: 5, remainingCreates: 4 });
});

test("polls a vetting to its end, even in another process", async () => {
  await using it = await world();
  const tokens: string[] = [];
  for (const id of [school, denied]) {
    const vetting = await it.client.qualifications.request(id, {
      qualification: "Education",
      educationSegment: "HigherEducation",
    });
    tokens.push(String(vetting));
  }
  it.mock.advance("P3D");
  const outcomes = tokens.map((token) => it.client.qualifications.resume(token).pollUntilDone());
  expect(await Promise.all(outcomes)).toMatchObject([
    { status: "Approved" },
    { status: "Denied", reason: "Not an Education Customer" },
  ]);
});

test("reports Partner Center's code and the call's identifiers in a refusal", async () => {
  await using it = await world();
  const error = await it.client.qualifications.list(elsewhere).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PartnerCenterError);
  expect(error).toMatchObject({
    status: 403,
    code: "20002",
    description: "No relationship between caller and account.",
    source: "PartnerFD",
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test("types the HTTP client with the contract's paths, bodies and responses", async () => {
  await using it = await world();
  const http = createHttpClient(it.client);
  const { data, error, response } = await http.POST("/v1/customers/{customer_id}/qualifications", {
    params: { path: { customer_id: school } },
    body: { qualification: "StateOwnedEntity" },
  });
  expect(response.status).toBe(201);
  expect(error).toBeUndefined();
  expectTypeOf(data?.vettingStatus).toEqualTypeOf<string | undefined>();
  expect(data).toEqual({ qualification: "StateOwnedEntity" });

  const refused = await http.POST("/v1/customers/{customer_id}/qualifications", {
    params: { path: { customer_id: school } },
    // @ts-expect-error -- the contract has no such qualification
    body: { qualification: "Nonprofit" },
  });
  expect(refused.response.status).toBe(400);
});
