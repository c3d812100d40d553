import { describe, expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { submit, control, school, send, testCustomer } from "./call.ts";

const now = "2026-11-23T09:00:00Z";
const correlation = "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745";
const sent = { "MS-CorrelationId": correlation };
const start = () => startMock({ clock: "manual", now });

/** A JWT, whose signature nothing checks. */
const jwt = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

interface Page {
  totalCount: number;
  items: Record<string, unknown>[];
  links: { next?: { uri: string; headers: { key: string; value: string }[] } };
}

/** Lists audit records, or returns the refusal. */
async function records(mock: Mock, query: Record<string, string> = {}, headers = {}) {
  const path = `/v1/auditrecords?${new URLSearchParams(query)}`;
  const response = await send(mock, path, { headers });
  return { status: response.status, page: (await response.json()) as Page & { data: string[] } };
}

const items = async (mock: Mock, query?: Record<string, string>) =>
  (await records(mock, query)).page.items;

const customerFilter = (Value: string, Field = "CustomerId", Operator = "equals") => ({
  filter: JSON.stringify({ Field, Value, Operator }),
});

describe("a record", () => {
  test("records the requester and the correlation id of a qualification", async () => {
    await using mock = await start();
    const token = jwt({ upn: "admin@partner.example", appid: "app", scp: "user_impersonation" });
    await submit(mock, school, undefined, { ...sent, Authorization: `Bearer ${token}` });
    mock.advance("PT5S");
    expect(await items(mock)).toEqual([
      {
        id: expect.stringMatching(/_updatecustomerqualification_\d{18}$/),
        partnerId: expect.any(String),
        customerId: school,
        customerName: "Contoso",
        userPrincipalName: "admin@partner.example",
        applicationId: "app",
        resourceType: "customer",
        resourceNewValue: JSON.stringify({
          qualification: "Education",
          vettingStatus: "InReview",
          vettingCreateDate: now,
        }),
        operationType: "update_customer_qualification",
        originalCorrelationId: correlation,
        operationDate: "2026-11-23T09:00:00.0000001Z",
        operationStatus: "succeeded",
        customizedData: [],
        attributes: { objectType: "AuditRecord" },
      },
    ]);
  });

  test("omits the user and the application missing from a token", async () => {
    await using mock = await start();
    await submit(mock, school);
    mock.advance("PT5S");
    const [record] = await items(mock);
    expect(record).not.toHaveProperty("userPrincipalName");
    expect(record).not.toHaveProperty("applicationId");
  });

  test("records a refused request as failed, and a repeated or unsent one not at all", async () => {
    await using mock = await start();
    const requestId = { "MS-RequestId": correlation };
    await submit(mock, school, undefined, requestId);
    await submit(mock, school, undefined, requestId);
    await submit(mock, school, { qualification: "Nonprofit" });
    mock.failNext(503);
    await submit(mock, school);
    await submit(mock, school);
    mock.advance("PT5S");
    const statuses = (await items(mock)).map(({ operationStatus }) => operationStatus);
    expect(statuses).toEqual(["succeeded", "failed"]);
  });

  test("records the replaced qualification, and the retired PUT", async () => {
    await using mock = await start();
    const denied = testCustomer("de01");
    await submit(mock, denied);
    mock.advance("P7D");
    await submit(mock, denied);
    await send(mock, `/v1/customers/${school}/qualification`, { method: "PUT", body: "1" });
    mock.advance("PT5S");
    const [, again, retired] = await items(mock);
    expect(JSON.parse(String(again?.resourceOldValue))).toMatchObject({ vettingStatus: "Denied" });
    expect(JSON.parse(String(again?.resourceNewValue))).toMatchObject({
      vettingStatus: "InReview",
    });
    expect(JSON.parse(String(retired?.resourceNewValue))).toMatchObject({
      vettingStatus: "Approved",
    });
  });
});

describe("the time of a record", () => {
  test("shows a record after the delay of the scenario, by the clock", async () => {
    await using mock = await startMock({ clock: "manual", now, auditDelay: "PT1M" });
    await submit(mock, school);
    mock.advance("PT59S");
    expect(await items(mock)).toEqual([]);
    mock.advance("PT1S");
    expect(await items(mock)).toHaveLength(1);
    mock.control.reset();
    mock.advance("PT1M");
    expect(await items(mock)).toEqual([]);
  });

  test("delays or hides the record of one write, and says so in the journal", async () => {
    await using mock = await start();
    mock.control.addFaults(
      { kind: "auditHidden", customerId: school },
      { kind: "auditDelay", delay: "PT2M", customerId: testCustomer("a1") },
    );
    // A read has no record, so the faults wait for a write.
    await items(mock);
    await submit(mock, school);
    await submit(mock, testCustomer("a1"));
    await submit(mock, testCustomer("de01"));
    expect(mock.control.faults).toEqual([]);
    mock.advance("PT1M");
    expect((await items(mock)).map(({ customerId }) => customerId)).toEqual([testCustomer("de01")]);
    mock.advance("P1D");
    const listed = (await items(mock)).map(({ customerId }) => customerId);
    expect(listed).toEqual([testCustomer("de01"), testCustomer("a1")]);
    const [, har] = await control(mock, "GET", "journal");
    expect(
      har.log.entries.map(
        (entry: { _auditRecord?: { appearsAt: string | null } }) =>
          entry["_auditRecord"]?.appearsAt,
      ),
    ).toEqual([
      undefined,
      null,
      "2026-11-23T09:02:00.000Z",
      "2026-11-23T09:00:05.000Z",
      undefined,
      undefined,
    ]);
  });
});

describe("the list", () => {
  test("gives pages of any size, each record once, while more appear", async () => {
    await using mock = await startMock({ clock: "manual", now, auditDelay: "PT0S" });
    for (const end of ["a1", "de01", "de02"]) await submit(mock, testCustomer(end));
    const first = await records(mock, { size: "2", startDate: "2026-11-20" });
    expect(first.page.totalCount).toBe(2);
    await submit(mock, testCustomer("de03"));
    const { uri, headers } = first.page.links.next ?? { uri: "", headers: [] };
    const token = { [headers[0]!.key]: headers[0]!.value };
    const second = (await (await send(mock, uri, { headers: token })).json()) as Page;
    const ends = [...first.page.items, ...second.items].map(({ customerId }) => customerId);
    expect(ends).toEqual(["a1", "de01", "de02", "de03"].map(testCustomer));
    expect(second.links.next).toBeUndefined();
    expect((await records(mock, {}, { "MS-ContinuationToken": "abc" })).status).toBe(400);
  });

  test.each([
    ["a customer", customerFilter(school.toUpperCase()), 1],
    ["part of a company's name", customerFilter("CONTO", "CompanyName", "substring"), 1],
    ["a type of resource", customerFilter("Customer", "ResourceType"), 2],
    ["another type of resource", customerFilter("order", "ResourceType"), 0],
  ])("filters by %s", async (_, query, count) => {
    await using mock = await startMock({ clock: "manual", now, auditDelay: "PT0S" });
    await submit(mock, school);
    await submit(mock, testCustomer("a1"));
    expect(await items(mock, query)).toHaveLength(count);
  });

  test.each([
    ["CustomerId with substring", customerFilter(school, "CustomerId", "substring"), ["Operator"]],
    ["the type of operation", customerFilter("a", "OperationType"), ["Field", "Operator"]],
    ["no JSON", { filter: "Contoso" }, ["Field", "Value", "Operator"]],
  ])("refuses a filter by %s", async (_, query, places) => {
    await using mock = await start();
    const { status, page } = await records(mock, query);
    expect([status, page.data]).toEqual([400, places]);
  });

  test("lists the days of the range, and rejects days over 90 days ago", async () => {
    await using mock = await startMock({ clock: "manual", now, auditDelay: "PT0S" });
    await submit(mock, school);
    mock.advance("P40D");
    await submit(mock, testCustomer("a1"));
    const count = async (query: Record<string, string>) => {
      const { status, page } = await records(mock, query);
      return status === 200 ? page.totalCount : page.data;
    };
    // 30 days by default.
    expect(await count({})).toBe(1);
    expect(await count({ startDate: "2026-11-23" })).toBe(2);
    expect(await count({ startDate: "2026-11-23", endDate: "2026-11-23" })).toBe(1);
    expect(await count({ startDate: "2026-10-04" })).toBe(2);
    expect(await count({ startDate: "2026-10-03" })).toEqual(["query.startDate"]);
    expect(await count({ endDate: "2026-10-03" })).toEqual(["query.endDate"]);
    expect(await count({ startDate: "2026-11-24", endDate: "2026-11-23" })).toEqual([
      "query.endDate",
    ]);
  });

  test("accepts an app-only token", async () => {
    await using mock = await start();
    expect((await records(mock, {}, { Authorization: "Bearer app-only" })).status).toBe(200);
  });
});
