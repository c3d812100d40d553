import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { control, school, send } from "./call.ts";

const customer = `/v1/customers/${school}`;

async function messageOf(path: string, init: RequestInit = {}): Promise<[number, string]> {
  await using mock = await startMock();
  const response = await send(mock, path, init);
  const text = await response.text();
  const { message, description } = JSON.parse(text) as { message?: string; description?: string };
  return [response.status, message ?? description ?? text];
}

test.each([
  ["a capital", `/v1/Customers/${school}/Qualifications`, `${customer}/qualifications`],
  ["capitals", `/V1/CUSTOMERS/${school}/QUALIFICATIONS`, `${customer}/qualifications`],
  ["another capital", `${customer}/validationstatus`, `${customer}/validationStatus`],
  ["a letter too few", `/v1/customer/${school}/qualifications`, `${customer}/qualifications`],
  ["a letter too many", `${customer}/qualificationss`, `${customer}/qualifications`],
  ["a wrong letter", `${customer}/qualifikation`, `${customer}/qualification`],
  ["a slash at the end", `${customer}/qualifications/`, `${customer}/qualifications`],
  ["two slashes", `/v1/customers//${school}`, customer],
  ["no version", `/customers/${school}/qualifications`, `${customer}/qualifications`],
  ["another version", "/v2/customers", "/v1/customers"],
  ["the list without its last letter", "/v1/customer", "/v1/customers"],
  ["two mistakes", `/v1/Customer/${school}/Qualification`, `${customer}/qualification`],
  ["a name of the codes", "/v1/customers/all/validation", "/v1/customers/all/validations"],
])("suggests the path meant by one with %s", async (_, path, meant) => {
  const [status, message] = await messageOf(path);
  expect(status).toBe(404);
  expect(message).toContain(`Resource not found. Did you mean ${meant}?`);
});

test.each(["/", "/v1", "/v1/orders", `${customer}/orders`, `/v1/a/b/c/d/e`, "/favicon.ico"])(
  "suggests no path for %s, far from all",
  async (path) => {
    expect(await messageOf(path)).toEqual([404, "Resource not found"]);
  },
);

test("keeps the message about a very long path within the contract", async () => {
  const [status, message] = await messageOf(`/v1/customer/${"a".repeat(5000)}/qualifications`);
  expect([status, message.length]).toEqual([404, 1024]);
});

test.each([
  [`${customer}/qualifications?Code=12345`, "POST", "Code", "code"],
  [`${customer}/qualifications?CODE=12345`, "POST", "CODE", "code"],
  [`${customer}/qualifications?codes=12345`, "POST", "codes", "code"],
  [`${customer}/qualifications?coed=1&cod=1`, "POST", "cod", "code"],
  [`${customer}/qualification?Code=12345`, "PUT", "Code", "code"],
  [`${customer}/validationStatus?Type=account`, "GET", "Type", "type"],
  [`${customer}/validationStatus?typ=account`, "GET", "typ", "type"],
  ["/v1/customers?Size=1", "GET", "Size", "size"],
  ["/v1/customers?sizes=1", "GET", "sizes", "size"],
  ["/v1/customers?Filter=%7B%7D", "GET", "Filter", "filter"],
  ["/v1/customers?size=1&filters=%7B%7D", "GET", "filters", "filter"],
])("suggests the parameter meant in %s", async (path, method, sent, meant) => {
  const body = method === "PUT" ? "3" : '{"qualification":"GovernmentCommunityCloud"}';
  const [status, message] = await messageOf(path, {
    method,
    ...(method !== "GET" && { body }),
  });
  expect(status).toBe(400);
  expect(message).toContain(`unknown query parameter ${sent}. Did you mean ${meant}?`);
});

test.each([
  ["/v1/customers?api-version=1", "GET"],
  ["/v1/customers?size=1&utm=1", "GET"],
  ["/v1/customers?constructor=1&__proto__=1&toString=1", "GET"],
  [`${customer}/qualifications?code=12345`, "GET"],
])("ignores unknown parameters without a near match in %s", async (path, method) => {
  await using mock = await startMock();
  expect((await send(mock, path, { method })).status).toBe(200);
});

test.each([
  ["text that is nearly a comment", `${"/".repeat(900_000)}"`],
  [
    "members with other names",
    JSON.stringify(
      Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`website${i}`, i])),
    ),
  ],
  ["a member with a very long name", `{"${"q".repeat(900_000)}":1}`],
  ["a member called __proto__", '{"__proto__":{"qualification":"Education"},"constructor":1}'],
])("refuses %s without delay", async (_, body) => {
  await using mock = await startMock();
  await send(mock, "/v1/customers");
  const began = performance.now();
  const refused = await send(mock, `${customer}/qualifications`, { method: "POST", body });
  expect(refused.status).toBe(400);
  expect(performance.now() - began).toBeLessThan(3000);
});

test.each([
  ["a misspelled member", '{"qualificaton":"Education"}', "Education"],
  [
    "a segment in another spelling",
    '{"qualification":"Education","educationSegment":"k12"}',
    "K12",
  ],
  [
    "a segment with an underscore",
    '{"qualification":"Education","educationSegment":"higher_education"}',
    "HigherEducation",
  ],
])("suggests a valid body instead of %s", async (_, body, word) => {
  await using mock = await startMock();
  const path = `${customer}/qualifications`;
  const refused = await send(mock, path, { method: "POST", body });
  const { description } = (await refused.json()) as { description: string };
  const [, meant = ""] = /Send (\{.*\})$/.exec(description) ?? [];
  expect(meant).toContain(word);
  expect((await send(mock, path, { method: "POST", body: meant })).status).toBe(201);
});

test("suggests a single value instead of an object for the retired PUT", async () => {
  const body = '{"qualification":"Education"}';
  const [status, message] = await messageOf(`${customer}/qualification`, { method: "PUT", body });
  expect(status).toBe(400);
  expect(message).toMatch(/one value, not an object \(C6\)\. Send "Education"$/);
});

test.each([
  ["GET", "Clock", "/_mock/clock"],
  ["GET", "test-customer", "/_mock/test-customers"],
  ["POST", "clock/advanced", "/_mock/clock/advance"],
])("suggests the control path meant by %s %s", async (method, path, meant) => {
  await using mock = await startMock();
  const [status, { error }] = await control(mock, method, path);
  expect(status).toBe(404);
  expect(error).toContain(`Did you mean ${meant}?`);
});
