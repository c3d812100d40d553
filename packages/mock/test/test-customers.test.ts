import { describe, expect, test } from "vitest";
import { type Mock, startMock, testCustomers } from "../src/index.ts";
import { submit, control, list, school, send, testCustomer } from "./call.ts";

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;

interface Listed {
  id: string;
  companyProfile: { companyName: string; domain: string };
}

async function customersOf(mock: Mock, query = "?size=500"): Promise<Listed[]> {
  const response = await send(mock, `/v1/customers${query}`);
  return ((await response.json()) as { items: Listed[] }).items;
}

const hidden = testCustomers.filter(({ refusal }) => refusal && !refusal.only);

test("gives every test customer its own company-like id, name and domain", async () => {
  expect(new Set(testCustomers.map(({ id }) => id)).size).toBe(testCustomers.length);
  await using mock = await startMock();
  const items = await customersOf(mock);
  expect(items.length).toBeGreaterThan(testCustomers.length - hidden.length);
  const names = items.map(({ companyProfile }) => companyProfile.companyName);
  const domains = items.map(({ companyProfile }) => companyProfile.domain);
  expect(new Set(names).size).toBe(items.length);
  expect(new Set(domains).size).toBe(items.length);
  for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z'. ]{5,39}$/);
  for (const name of names) expect(name).not.toMatch(/test customer|denied|approved|\d/i);
  for (const domain of domains) expect(domain).toMatch(/^[a-z]{5,27}\.onmicrosoft\.com$/);
});

test("finds a test customer by name and labels it with its behavior", async () => {
  await using mock = await startMock();
  const [, { customers }] = await control(mock, "GET", "test-customers");
  for (const { id, companyName, summary } of customers as typeof testCustomers) {
    expect(summary).not.toBe("");
    if (hidden.some((customer) => customer.id === id)) continue;
    const filter = { Field: "CompanyName", Value: companyName, Operator: "starts_with" };
    const query = `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
    expect((await customersOf(mock, query)).map((item) => item.id)).toEqual([id]);
  }
});

test.each([
  [school, "Contoso"],
  [testCustomer("a1"), "Bellows College"],
  ["abcdef01-2222-3333-4444-555555555555", "Customer abcdef01"],
])("keeps the name of %s if a scenario omits it", async (id, name) => {
  await using mock = await startMock({
    customers: [{ id: id.toUpperCase(), summary: "Education is denied", education: "denied" }],
  });
  const found = (await customersOf(mock)).find((customer) => customer.id === id);
  expect(found?.companyProfile.companyName).toBe(name);
});

describe("Education", () => {
  test.each(testCustomers.filter(({ education }) => education === "denied"))(
    "$id: $summary",
    async ({ id, vettingReason }) => {
      await using mock = await startMock(monday);
      await submit(mock, id);
      mock.advance("P3D");
      expect(await (await list(mock, id)).json()).toMatchObject([
        { vettingStatus: "Denied", vettingReason },
      ]);
    },
  );

  test("has a test customer for each of the seven denial reasons", () => {
    const denied = testCustomers.filter(({ education }) => education === "denied");
    expect(new Set(denied.map(({ vettingReason }) => vettingReason)).size).toBe(7);
  });

  test("keeps an undecided review open after a year", async () => {
    await using mock = await startMock(monday);
    await submit(mock, testCustomer("de10"));
    mock.advance("P1Y");
    const [item] = (await (await list(mock, testCustomer("de10"))).json()) as object[];
    expect(item).toMatchObject({ vettingStatus: "InReview" });
  });

  test("revokes an approval after 30 days, with its reason", async () => {
    await using mock = await startMock(monday);
    const id = testCustomer("de12");
    await submit(mock, id);
    mock.advance("P3D");
    expect(await (await list(mock, id)).json()).toMatchObject([{ vettingStatus: "Approved" }]);
    mock.advance("P30D");
    expect(await (await list(mock, id)).json()).toMatchObject([
      { vettingStatus: "Denied", vettingReason: "No longer an Education Customer" },
    ]);
  });

  test("rejects Education for a Government Community Cloud customer", async () => {
    await using mock = await startMock();
    const id = testCustomer("cc01");
    expect(await (await list(mock, id)).json()).toEqual([
      { qualification: "GovernmentCommunityCloud", vettingStatus: "Approved" },
    ]);
    expect((await submit(mock, id)).status).toBe(409);
  });
});
test("has a customer with only exhausted validation codes", async () => {
  await using mock = await startMock();
  const body = { qualification: "GovernmentCommunityCloud", validationCode: "12345" };
  const response = await submit(mock, testCustomer("cc02"), body);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("exhausted");
});

test.each([
  ["800073", "800073"],
  ["900150", "900150"],
])("allows reading %s and rejects changes", async (end, code) => {
  await using mock = await startMock();
  expect((await list(mock, testCustomer(end))).status).toBe(200);
  const refused = await submit(mock, testCustomer(end));
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code });
});

test("reports the account under review", async () => {
  await using mock = await startMock();
  const path = `/v1/customers/${testCustomer("800073")}/validationStatus?type=account`;
  expect(await (await send(mock, path)).json()).toMatchObject({ status: "UnderReview" });
});

test("throttles with an exact Retry-After", async () => {
  await using mock = await startMock(monday);
  const statuses = [1, 2, 3].map(async () => (await list(mock, testCustomer("429"))).status);
  expect((await Promise.all(statuses)).toSorted()).toEqual([200, 200, 429]);
  const refused = await list(mock, testCustomer("429"));
  const seconds = Number(refused.headers.get("Retry-After"));
  expect(await refused.json()).toEqual({
    statusCode: 429,
    message: `Rate limit is exceeded. Try again in ${seconds} seconds.`,
  });
  mock.advance(`PT${seconds}S`);
  expect((await list(mock, testCustomer("429"))).status).toBe(200);
  expect((await list(mock, school)).status).toBe(200);
});

test.each([500, 502, 503])("fails two requests with %i and answers the third", async (status) => {
  await using mock = await startMock();
  const statuses: number[] = [];
  for (let request = 0; request < 6; request++) {
    statuses.push((await list(mock, testCustomer(String(status)))).status);
  }
  expect(statuses).toEqual([status, status, 200, status, status, 200]);
});

test("delays a reply by three seconds", async () => {
  await using mock = await startMock();
  const began = performance.now();
  expect((await list(mock, testCustomer("f001"))).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThan(2900);
});

test("repeats a lost reply for the same request, carried out once", async () => {
  await using mock = await startMock(monday);
  const id = testCustomer("f002");
  const headers = { "MS-RequestId": crypto.randomUUID() };
  await expect(submit(mock, id, undefined, headers)).rejects.toThrow("fetch failed");
  mock.advance("PT1H");
  const repeated = await submit(mock, id, undefined, headers);
  expect(repeated.status).toBe(201);
  expect(await repeated.json()).toMatchObject({ vettingCreateDate: "2020-12-07T09:00:00Z" });
  expect(await (await list(mock, id)).json()).toHaveLength(1);
});

describe("replies of test customers", () => {
  test.each([
    ["f003", /^\uFEFF\{"qualification"/],
    ["f004", /"vettingCreatedDate":"2020-12-07T09:00:00Z"/],
    ["f005", /"vettingCreateDate":"2020-12-07T09:00:00.0000000\+00:00"/],
    ["f006", /^\{"qualifications":\[\{.*\}\]\}$/],
  ])("uses an unusual form for %s", async (end, spelling) => {
    await using mock = await startMock(monday);
    const bytes = await (await submit(mock, testCustomer(end))).bytes();
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toMatch(spelling);
  });

  test("truncates one reply and replaces another with an HTML error page", async () => {
    await using mock = await startMock();
    const cut = await list(mock, testCustomer("f007"));
    await expect(cut.text()).rejects.toThrow("terminated");
    const page = await list(mock, testCustomer("f008"));
    expect(page.status).toBe(502);
    expect(page.headers.get("Content-Type")).toBe("text/html");
  });
});
