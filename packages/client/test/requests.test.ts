import { expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { ConnectionError, createQualificationsClient } from "../src/index.ts";
import { answering } from "./server.ts";

const customerId = "11111111-2222-3333-4444-555555555555";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test("sends the token, the application and two unique identifiers with every call", async () => {
  await using server = await answering(200, "[]");
  const client = createQualificationsClient({
    baseUrl: server.url,
    credential: () => "token",
    applicationName: "contoso-onboarding",
  });
  await client.qualifications.list(customerId);
  await client.validationCodes.list();
  await createHttpClient(client).GET("/v1/customers/all/validations");

  expect(server.received.map(({ url }) => url)).toEqual([
    `/v1/customers/${customerId}/qualifications`,
    "/v1/customers/all/validations",
    "/v1/customers/all/validations",
  ]);
  const identifiers = server.received.flatMap(({ headers }) => {
    expect(headers).toMatchObject({
      authorization: "Bearer token",
      accept: "application/json",
      "ms-partnercenter-application": "contoso-onboarding",
    });
    return [headers["ms-requestid"], headers["ms-correlationid"]];
  });
  for (const identifier of identifiers) expect(identifier).toMatch(guid);
  expect(new Set(identifiers).size).toBe(6);
});

test("keeps the caller's identifiers", async () => {
  await using server = await answering(200, "[]");
  const client = createQualificationsClient({ baseUrl: server.url, credential: () => "token" });
  const header = { "MS-RequestId": customerId, "MS-CorrelationId": customerId };
  await createHttpClient(client).GET("/v1/customers/all/validations", { params: { header } });
  expect(server.received[0]?.headers).toMatchObject({
    "ms-requestid": customerId,
    "ms-correlationid": customerId,
  });
});

test("accepts an asynchronous credential, one with getToken, or none", async () => {
  await using server = await answering(200, "[]");
  for (const credential of [
    async () => "one",
    { getToken: async (scope: string) => ({ token: `two-for-${scope}` }) },
    "none" as const,
  ]) {
    await createQualificationsClient({ baseUrl: server.url, credential }).validationCodes.list();
  }
  expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer one",
    "Bearer two-for-https://api.partnercenter.microsoft.com/.default",
    undefined,
  ]);
});

test("sends a validation code in the query and in the body", async () => {
  await using server = await answering(201, '{"qualification":"GovernmentCommunityCloud"}');
  const client = createQualificationsClient({ baseUrl: server.url, credential: () => "token" });
  await client.qualifications.request(customerId, {
    qualification: "GovernmentCommunityCloud",
    validationCode: "1 & 2",
  });
  expect(server.received[0]?.url).toBe(
    `/v1/customers/${customerId}/qualifications?code=1%20%26%202`,
  );
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual({
    qualification: "GovernmentCommunityCloud",
    validationCode: "1 & 2",
  });
});

test("has the contract's address for each environment", async () => {
  const requested: string[] = [];
  const fetch = async (url: string) => {
    requested.push(new URL(url).origin);
    return new Response("[]");
  };
  for (const environment of ["global", "china"] as const) {
    await createQualificationsClient({
      environment,
      credential: "none",
      fetch,
    }).validationCodes.list();
  }
  expect(requested).toEqual([
    "https://api.partnercenter.microsoft.com",
    "https://partner.partnercenterapi.microsoftonline.cn",
  ]);
});

test("throws both identifiers and the cause if there is no response", async () => {
  const server = await answering(200, "[]");
  await server[Symbol.asyncDispose]();
  const client = createQualificationsClient({
    baseUrl: server.url,
    credential: () => "token",
    retry: { maxAttempts: 1 },
  });
  const error = await client.validationCodes.list().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    message: `No complete response from ${server.url} (ECONNREFUSED)`,
    status: undefined,
    requestId: expect.stringMatching(guid),
    correlationId: expect.stringMatching(guid),
    cause: expect.any(Error),
  });
});
