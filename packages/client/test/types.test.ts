import { expect, expectTypeOf, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { createFakeClient, type FakeClient } from "@partner-qualifications/client/testing";
import {
  type PartnerCenterError,
  createQualificationsClient,
  type Credential,
  type Customer,
  type CustomerQualification,
  debugLogger,
  type Fetch,
  type Hooks,
  type Outcome,
  parseDate,
  type PermissionError,
  type Progress,
  type QualificationsClient,
  type SupportBundle,
  type ThrottledError,
  type ValidationCode,
  type ValidationStatus,
  type Vetting,
} from "../src/index.ts";
import { customerId } from "./world.ts";

const client = createQualificationsClient({ credential: "none" });

test("types every method's result", () => {
  expectTypeOf(client).toEqualTypeOf<QualificationsClient>();
  expectTypeOf(client.qualifications.list).returns.resolves.toEqualTypeOf<
    CustomerQualification[]
  >();
  expectTypeOf(client.qualifications.request).returns.resolves.toEqualTypeOf<Vetting>();
  expectTypeOf(client.qualifications.resume).returns.toEqualTypeOf<Vetting>();
  expectTypeOf(client.validationCodes.list).returns.resolves.toEqualTypeOf<ValidationCode[]>();
  expectTypeOf(client.customers.get).returns.resolves.toEqualTypeOf<Customer>();
  expectTypeOf(client.customers.list).returns.toExtend<AsyncIterable<Customer>>();
  expectTypeOf(
    client.customers.validationStatus,
  ).returns.resolves.toEqualTypeOf<ValidationStatus>();
  expectTypeOf(client.fetch).returns.resolves.toEqualTypeOf<Response>();
  expectTypeOf(client.baseUrl).toEqualTypeOf<string>();
  expectTypeOf<Vetting["pollUntilDone"]>().returns.resolves.toEqualTypeOf<Outcome>();
  expectTypeOf<Vetting>().toExtend<AsyncIterable<Progress>>();
  expectTypeOf<Vetting["states"]>().returns.toExtend<AsyncIterable<Progress>>();
  expectTypeOf<Vetting["toString"]>().returns.toEqualTypeOf<string>();
});

test("types every other exported function's result", () => {
  expectTypeOf(parseDate).parameter(0).toEqualTypeOf<string | undefined>();
  expectTypeOf(parseDate).returns.toEqualTypeOf<Date | undefined>();
  expectTypeOf(debugLogger).returns.toEqualTypeOf<Hooks>();
  expectTypeOf<PartnerCenterError["toSupportBundle"]>().returns.toEqualTypeOf<SupportBundle>();
  expectTypeOf(createNodeFetch).returns.toExtend<Fetch & AsyncDisposable>();
  expectTypeOf(createFakeClient).returns.toEqualTypeOf<FakeClient>();
  expectTypeOf<FakeClient["client"]["baseUrl"]>().toEqualTypeOf<string>();
  expectTypeOf(createHttpClient).parameter(0).toExtend<{ baseUrl: string }>();
});

test("narrows an outcome by its status, an error by its kind", () => {
  type Denied = Extract<Outcome, { status: "Denied" }>;
  expectTypeOf<Denied["reason"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<
    Extract<PartnerCenterError, { kind: "throttled" }>
  >().toEqualTypeOf<ThrottledError>();
  expectTypeOf<Extract<PartnerCenterError, { status: 403 }>>().toEqualTypeOf<PermissionError>();
});

/** Distinguishes errors by status, like a user. Never called. */
export function narrow(error: PartnerCenterError) {
  // An error without a response has no status, which rules it out.
  if (error.status === 403)
    expectTypeOf(error.kind).toEqualTypeOf<
      "permission" | "badRequest" | "server" | "unexpectedResponse"
    >();
  if (error.status === 409)
    expectTypeOf(error.kind).toEqualTypeOf<
      "conflict" | "badRequest" | "server" | "unexpectedResponse"
    >();
}

test("narrows an error by its status and suggests its known codes", () => {
  expect(narrow).toBeTypeOf("function");
  type Code = Exclude<PartnerCenterError["code"], undefined>;
  expectTypeOf<Extract<Code, "20002">>().toEqualTypeOf<"20002">();
});

test("accepts a credential of @azure/identity", () => {
  interface AzureCredential {
    getToken(
      scopes: string | string[],
      options?: { abortSignal?: { readonly aborted: boolean } },
    ): Promise<{ token: string; expiresOnTimestamp: number } | null>;
  }
  expectTypeOf<AzureCredential>().toExtend<Credential>();
});

test("narrows the HTTP client's result by its error", async () => {
  const { GET } = createHttpClient(client);
  type Answer = Awaited<ReturnType<typeof GET<"/v1/customers/all/validations", object>>>;
  expectTypeOf<Answer>().toHaveProperty("response");
});

type Body = Parameters<QualificationsClient["qualifications"]["request"]>[1];

// Never called: its lines must not compile.
export async function wrong() {
  const { qualifications, customers } = client;
  const http = createHttpClient(client);
  // @ts-expect-error -- no credential
  createQualificationsClient({});
  // @ts-expect-error -- a token is not a credential
  createQualificationsClient({ credential: "eyJ" });
  // @ts-expect-error -- no such environment
  createQualificationsClient({ credential: "none", environment: "germany" });
  // @ts-expect-error -- seconds are not a name of an option
  createQualificationsClient({ credential: "none", timeout: 5 });
  // @ts-expect-error -- no customer
  await qualifications.list();
  // @ts-expect-error -- a number is no customer id
  await qualifications.list(7);
  // @ts-expect-error -- a signal is an option of a call, not the call's options
  await qualifications.list(customerId, AbortSignal.timeout(1));
  // @ts-expect-error -- no body
  await qualifications.request(customerId);
  // @ts-expect-error -- cannot be set
  await qualifications.request(customerId, { qualification: "None" });
  // @ts-expect-error -- cannot be set
  await qualifications.request(customerId, { qualification: "Nonprofit" });
  // @ts-expect-error -- not the case of the contract
  await qualifications.request(customerId, { qualification: "education", educationSegment: "K12" });
  // @ts-expect-error -- not the name of the contract
  await qualifications.request(customerId, { Qualification: "StateOwnedEntity" });
  // @ts-expect-error -- Education names its segment
  await qualifications.request(customerId, { qualification: "Education" });
  // @ts-expect-error -- no such segment
  await qualifications.request(customerId, { qualification: "Education", educationSegment: "K13" });
  // @ts-expect-error -- government needs a code
  await qualifications.request(customerId, { qualification: "GovernmentCommunityCloud" });
  const qualification = "GovernmentCommunityCloud";
  // @ts-expect-error -- a code is a string
  await qualifications.request(customerId, { qualification, validationCode: 1 });
  const entity = { qualification: "StateOwnedEntity" } as const;
  // @ts-expect-error -- a state-owned entity has no web site
  await qualifications.request(customerId, { ...entity, website: "a.example" } satisfies Body);
  // @ts-expect-error -- a vetting is no item
  entity.vettingStatus = (await qualifications.request(customerId, entity)).vettingStatus;
  // @ts-expect-error -- there is no filter but the name
  customers.list({ filter: "x" });
  // @ts-expect-error -- no such path
  await http.GET("/v1/customer");
  // @ts-expect-error -- no such method there
  await http.PUT("/v1/customers/{customer_id}/qualifications");
  // @ts-expect-error -- the path wants its parameter
  await http.GET("/v1/customers/{customer_id}");
}

test("has all calls excluded from compilation", () => {
  expect(wrong).toBeTypeOf("function");
});
