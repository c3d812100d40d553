import { expect, test } from "vitest";
import { startMock, testCustomers } from "../src/index.ts";
import { ask, list, school, send, testCustomer } from "./call.ts";

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;

test("each has an id of its own and is found by its summary", async () => {
  expect(new Set(testCustomers.map(({ id }) => id)).size).toBe(testCustomers.length);
  await using mock = await startMock();
  const filter = { Field: "CompanyName", Value: "Test customer:", Operator: "starts_with" };
  const query = `?size=500&filter=${encodeURIComponent(JSON.stringify(filter))}`;
  const { items } = (await (await send(mock, `/v1/customers${query}`)).json()) as {
    items: object[];
  };
  const hidden = testCustomers.filter(({ refusal }) => refusal && !refusal.only);
  expect(items).toHaveLength(testCustomers.length - hidden.length);
});

test.each(testCustomers.filter(({ education }) => education === "denied"))(
  "$id: $summary",
  async ({ id, vettingReason }) => {
    await using mock = await startMock(monday);
    await ask(mock, id);
    mock.advance("P3D");
    expect(await (await list(mock, id)).json()).toMatchObject([
      { vettingStatus: "Denied", vettingReason },
    ]);
  },
);

test("there is one for each of the seven reasons", () => {
  const denied = testCustomers.filter(({ education }) => education === "denied");
  expect(new Set(denied.map(({ vettingReason }) => vettingReason)).size).toBe(7);
});

test("Education that is never decided is in review after a year", async () => {
  await using mock = await startMock(monday);
  await ask(mock, testCustomer("de10"));
  mock.advance("P1Y");
  const [item] = (await (await list(mock, testCustomer("de10"))).json()) as object[];
  expect(item).toMatchObject({ vettingStatus: "InReview" });
});

test("Education that is revoked is approved for 30 days, then denied with its reason", async () => {
  await using mock = await startMock(monday);
  const id = testCustomer("de12");
  await ask(mock, id);
  mock.advance("P3D");
  expect(await (await list(mock, id)).json()).toMatchObject([{ vettingStatus: "Approved" }]);
  mock.advance("P30D");
  expect(await (await list(mock, id)).json()).toMatchObject([
    { vettingStatus: "Denied", vettingReason: "No longer an Education Customer" },
  ]);
});

test("who is in the government cloud already cannot be education", async () => {
  await using mock = await startMock();
  const id = testCustomer("cc01");
  expect(await (await list(mock, id)).json()).toEqual([
    { qualification: "GovernmentCommunityCloud", vettingStatus: "Approved" },
  ]);
  expect((await ask(mock, id)).status).toBe(409);
});

test("for one of them every validation code is used up", async () => {
  await using mock = await startMock();
  const body = { qualification: "GovernmentCommunityCloud", validationCode: "12345" };
  const response = await ask(mock, testCustomer("cc02"), body);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("used up");
});

test.each([
  ["800073", "800073"],
  ["900150", "900150"],
])("%s can be read, but not changed", async (end, code) => {
  await using mock = await startMock();
  expect((await list(mock, testCustomer(end))).status).toBe(200);
  const refused = await ask(mock, testCustomer(end));
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code });
});

test("the account that is under review says so", async () => {
  await using mock = await startMock();
  const path = `/v1/customers/${testCustomer("800073")}/validationStatus?type=account`;
  expect(await (await send(mock, path)).json()).toMatchObject({ status: "UnderReview" });
});

test("the throttled one has a Retry-After that is true", async () => {
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

test.each([500, 502, 503])("two requests fail with %i, and the third passes", async (status) => {
  await using mock = await startMock();
  const statuses: number[] = [];
  for (let request = 0; request < 6; request++) {
    statuses.push((await list(mock, testCustomer(String(status)))).status);
  }
  expect(statuses).toEqual([status, status, 200, status, status, 200]);
});

test("the slow one answers after three seconds", async () => {
  await using mock = await startMock();
  const began = performance.now();
  expect((await list(mock, testCustomer("f001"))).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThan(2900);
});

test("a lost answer is given again for the same request, which was carried out once", async () => {
  await using mock = await startMock(monday);
  const id = testCustomer("f002");
  const headers = { "MS-RequestId": crypto.randomUUID() };
  await expect(ask(mock, id, undefined, headers)).rejects.toThrow("fetch failed");
  mock.advance("PT1H");
  const repeated = await ask(mock, id, undefined, headers);
  expect(repeated.status).toBe(201);
  expect(await repeated.json()).toMatchObject({ vettingCreateDate: "2020-12-07T09:00:00Z" });
  expect(await (await list(mock, id)).json()).toHaveLength(1);
});

test.each([
  ["f003", /^\uFEFF\{"qualification"/],
  ["f004", /"vettingCreatedDate":"2020-12-07T09:00:00Z"/],
  ["f005", /"vettingCreateDate":"2020-12-07T09:00:00.0000000\+00:00"/],
  ["f006", /^\{"qualifications":\[\{.*\}\]\}$/],
])("%s answers in an odd spelling", async (end, spelling) => {
  await using mock = await startMock(monday);
  const bytes = await (await ask(mock, testCustomer(end))).bytes();
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toMatch(spelling);
});

test("one answer ends in the middle, and another is a page for people", async () => {
  await using mock = await startMock();
  const cut = await list(mock, testCustomer("f007"));
  await expect(cut.text()).rejects.toThrow("terminated");
  const page = await list(mock, testCustomer("f008"));
  expect(page.status).toBe(502);
  expect(page.headers.get("Content-Type")).toBe("text/html");
});
