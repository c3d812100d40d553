import { type ErrorCode, contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { startMock, testCustomers, testTokens } from "../src/index.ts";

// The error catalog says what makes the mock return a code, and the docs show it.

const reproducible = contract.errors.filter(({ reproduce }) => reproduce);
const catalog = new Set(contract.errors.map(({ code }) => code));

async function send(url: string, { customer, token, validationCode }: ErrorCode["reproduce"] & {}) {
  const id = customer ?? "11111111-2222-3333-4444-555555555555";
  const response = await fetch(`${url}/v1/customers/${id}/qualifications`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token ?? "any"}`,
      "Content-Type": "application/json",
      "MS-RequestId": crypto.randomUUID(),
    },
    body: JSON.stringify(
      validationCode
        ? { qualification: "GovernmentCommunityCloud", validationCode }
        : { qualification: "Education", educationSegment: "K12" },
    ),
  });
  return { status: response.status, body: (await response.json()) as { code: unknown } };
}

test.each(reproducible)("returns $code as the catalog says", async (error) => {
  await using mock = await startMock();
  const { status, body } = await send(mock.url, error.reproduce!);
  expect(String(body.code)).toBe(error.code);
  expect(status).toBe(error.status);
});

test("lists every failing test customer and token in the catalog", () => {
  const named = reproducible.map(({ reproduce = {} }) => reproduce);
  const refused = testCustomers.filter(({ refusal }) => refusal).map(({ id }) => id);
  expect(named.map(({ customer }) => customer)).toEqual(expect.arrayContaining(refused));
  expect(named.map(({ token }) => token)).toEqual(
    expect.arrayContaining(testTokens.map(({ token }) => token)),
  );
});

test("returns only codes of the catalog for invalid requests", async () => {
  await using mock = await startMock();
  const url = `${mock.url}/v1/customers/11111111-2222-3333-4444-555555555555/qualifications`;
  const json = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const broken: [string, RequestInit][] = [
    ["no token", { method: "GET" }],
    ["no JSON", { method: "POST", headers: json, body: "{" }],
    ["no body", { method: "POST", headers: json }],
    [
      "another type",
      { method: "POST", headers: { ...json, "Content-Type": "text/plain" }, body: "x" },
    ],
    ["an unknown value", { method: "POST", headers: json, body: '{"qualification":"Nonprofit"}' }],
    ["an unknown media type", { method: "GET", headers: { ...json, Accept: "text/csv" } }],
    ["an invalid header", { method: "GET", headers: { ...json, "MS-RequestId": "x" } }],
  ];
  const codes: unknown[] = [];
  for (const [name, request] of broken) {
    const response = await fetch(url, request);
    expect(response.status, name).toBeGreaterThanOrEqual(400);
    codes.push(((await response.json()) as { code?: unknown }).code);
  }
  // The gateway's error shape has no code.
  const named = codes.filter((code) => code !== undefined);
  expect(named.length).toBeGreaterThan(4);
  for (const code of named) expect([...catalog]).toContain(String(code));
});
