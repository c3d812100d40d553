import { describe, expect, test } from "vitest";
import { type AuditRecord, type AuditRecordSearch, InvalidRequestError } from "../src/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, type Sent, world } from "./world.ts";

const correlationId = "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745";
const other = "99999999-2222-3333-4444-555555555555";
const today = Date.parse("2026-01-05T09:00:00Z");
const day = 86_400_000;

const record = (id: string, more: object = {}) => ({
  id,
  customerId,
  operationType: "update_customer_qualification",
  operationStatus: "succeeded",
  originalCorrelationId: correlationId,
  operationDate: "2026-01-05T08:59:00.1234567Z",
  ...more,
});
const page = (items: unknown[], token?: string) =>
  json({
    totalCount: items.length,
    items,
    ...(token && { links: { next: { headers: [{ key: "MS-ContinuationToken", value: token }] } } }),
  });

function start(answers: Parameters<typeof world>[0], warnings: string[] = []) {
  const clock = new FakeClock(new Date(today));
  return world(answers, {
    runtime: clock,
    hooks: { warning: ({ message }) => void warnings.push(message) },
  });
}

async function listed(
  { client }: ReturnType<typeof start>,
  search?: AuditRecordSearch,
): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { id } of client.auditRecords.list(search)) ids.push(id);
  return ids;
}

/** The query without `size`, which is the same in every request. */
function queryOf({ url }: Sent) {
  const { size, ...query } = Object.fromEntries(new URL(url).searchParams);
  expect(size).toBe("500");
  return query;
}

// What the service may do.

// One request.

const wanted = { customerId, correlationId, sentAt: today };

describe("the request", () => {
  test("lists the last 30 days without arguments", async () => {
    const from = start([page([record("a")])]);
    expect(await listed(from)).toEqual(["a"]);
    expect(from.sent.map(queryOf)).toEqual([{ startDate: "2025-12-06" }]);
  });

  test("sends the customer as a filter and the days of the range", async () => {
    const from = start([page([])]);
    const until = new Date("2026-01-02T12:00:00Z");
    await listed(from, { customerId, since: today - 7 * day, until });
    expect(from.sent.map(queryOf)).toEqual([
      {
        startDate: "2025-12-29",
        endDate: "2026-01-02",
        filter: JSON.stringify({ Field: "CustomerId", Value: customerId, Operator: "equals" }),
      },
    ]);
  });

  test("fetches each page when it is needed", async () => {
    const { client, sent } = start([page([record("a")], "2"), page([record("b")])]);
    const records = client.auditRecords.list();
    expect((await records.next()).value?.id).toBe("a");
    expect(sent).toHaveLength(1);
    expect((await records.next()).value?.id).toBe("b");
    expect(sent[1]?.headers["ms-continuationtoken"]).toBe("2");
  });

  test("stops when its signal aborts", async () => {
    const from = start([page([record("a")], "2")]);
    const signal = AbortSignal.abort();
    expect(await failureOf(listed(from, { signal }))).toMatchObject({ kind: "aborted" });
  });
});

describe("an unexpected response", () => {
  test("filters again when the service ignores the filter or the range", async () => {
    const records = [
      record("mine", { customerId: customerId.toUpperCase() }),
      record("another's", { customerId: other }),
      record("nobody's", { customerId: null }),
      record("before", { operationDate: "2026-01-05T07:59:59.9999999Z" }),
      record("after", { operationDate: "2026-01-05T09:00:01Z" }),
      record("undated", { operationDate: undefined }),
    ];
    const from = start([page(records)]);
    const search = { customerId, since: today - 3_600_000, until: today };
    expect(await listed(from, search)).toEqual(["mine", "undated"]);
  });

  test("yields unknown values unchanged", async () => {
    const unfamiliar = {
      id: "a",
      operationType: "create_order",
      operationStatus: "postponed",
      customizedData: [{ key: "AgreementId", value: null }],
      surprise: { deep: true },
    };
    const { client } = start([page([unfamiliar, null, "text", 1])]);
    const records: AuditRecord[] = [];
    for await (const one of client.auditRecords.list()) records.push(one);
    expect(records).toEqual([unfamiliar]);
  });

  test("reads the next page's token from the body without a link", async () => {
    const first = json({ items: [record("a")], continuationToken: "abc" });
    const from = start([first, page([record("b")])]);
    expect(await listed(from)).toEqual(["a", "b"]);
    expect(from.sent[1]?.headers["ms-continuationtoken"]).toBe("abc");
  });

  test("yields a record repeated across pages once, with and without an id", async () => {
    const anonymous = record("", { id: undefined });
    const from = start([
      page([record("a"), anonymous], "2"),
      page([anonymous, record("a"), record("b")]),
    ]);
    expect(await listed(from)).toEqual(["a", undefined, "b"]);
  });

  test.each([
    ["repeats its token", () => page([record("a")], "2")],
    ["never brings a new record", ({ at }: Sent, call = at) => page([record("a")], `${call++}`)],
  ])("fails on an endless list that %s", async (_, answer) => {
    let calls = 0;
    const from = start([(sent) => answer(sent, calls++)]);
    expect(await failureOf(listed(from))).toMatchObject({ kind: "unexpectedResponse" });
    expect(calls).toBeLessThan(30);
  });

  test("fails on a body other than a page", async () => {
    const error = await failureOf(listed(start([json({ items: "none" })])));
    expect(error).toMatchObject({ kind: "unexpectedResponse", operation: "listAuditRecords" });
  });
});

describe("the range", () => {
  test("cuts a range of more than 90 days, and warns", async () => {
    const warnings: string[] = [];
    const from = start([page([])], warnings);
    await listed(from, { since: today - 200 * day });
    expect(from.sent.map(queryOf)).toEqual([{ startDate: "2025-10-07" }]);
    expect(warnings).toEqual(["since was cut to 2025-10-07: audit records go back 90 days"]);
  });

  test("cuts a day more when the service's day has already changed", async () => {
    const warnings: string[] = [];
    const from = start([json({ code: "800002" }, 400), page([record("a")])], warnings);
    expect(await listed(from, { since: today - 90 * day })).toEqual(["a"]);
    expect(from.sent.map((sent) => queryOf(sent).startDate)).toEqual(["2025-10-07", "2025-10-08"]);
    expect(warnings).toEqual(["since was cut to 2025-10-08: audit records go back 90 days"]);
  });

  test("throws a 400 unrelated to the range", async () => {
    const from = start([json({ code: "800002" }, 400)]);
    expect(await failureOf(listed(from))).toMatchObject({ status: 400 });
    expect(from.sent).toHaveLength(1);
  });
});

describe("findRequest", () => {
  test("finds the record of a request by its correlation id, in any case", async () => {
    const records = [
      record("without", { originalCorrelationId: null }),
      record("another's", { originalCorrelationId: other }),
      record("mine", {
        originalCorrelationId: correlationId.toUpperCase(),
        customerName: undefined,
      }),
    ];
    const { client } = start([page(records)]);
    expect(await client.auditRecords.findRequest(wanted)).toMatchObject({ id: "mine" });
  });

  test("prefers the successful record of a request to a failed one", async () => {
    const failed = record("failed", { operationStatus: "failed" });
    const { client } = start([page([failed]), page([failed, record("mine")])]);
    expect(await client.auditRecords.findRequest(wanted)).toMatchObject({ id: "failed" });
    expect(await client.auditRecords.findRequest(wanted)).toMatchObject({ id: "mine" });
  });

  test("returns undefined without a record", async () => {
    const { client } = start([page([])]);
    expect(await client.auditRecords.findRequest(wanted)).toBeUndefined();
  });
});

describe("invalid arguments", () => {
  test.each<[string, object]>([
    ["customerId", { customerId: "contoso" }],
    ["since", { since: new Date("never") }],
    ["until", { until: "yesterday" }],
  ])("rejects an invalid %s before sending anything", async (argument, search) => {
    const from = start([page([])]);
    const error = await failureOf(listed(from, search));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error.message).toContain(argument);
    expect(from.sent).toEqual([]);
  });

  test("rejects a malformed correlation id", async () => {
    const { client, sent } = start([page([])]);
    const found = client.auditRecords.findRequest({ ...wanted, correlationId: "abc" });
    expect(await failureOf(found)).toBeInstanceOf(InvalidRequestError);
    expect(sent).toEqual([]);
  });
});
