import { describe, expect, test } from "vitest";
import type { QualificationsClientOptions } from "../src/index.ts";
import { customerId, failureOf, json, type Sent, world } from "./world.ts";

// What audit records prove about a request whose response was lost.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const item = {
  qualification: "Education",
  vettingStatus: "InReview",
  vettingCreateDate: "2026-01-05T09:00:00Z",
};
const lost = new TypeError("reset");

const record = (correlationId: unknown, more: object = {}) => ({
  id: `record of ${String(correlationId)}`,
  customerId,
  userPrincipalName: "admin@partner.example",
  operationType: "update_customer_qualification",
  operationStatus: "succeeded",
  originalCorrelationId: correlationId,
  operationDate: "2026-01-05T09:00:00.1234567Z",
  resourceNewValue: JSON.stringify(item),
  ...more,
});
const another = record("99999999-2222-3333-4444-555555555555");

/**
 * A service whose POST is lost, with a list of qualifications and audit records.
 *
 * @param records Returns the records, or a refusal, for the correlation id of the POST and the number of the listing.
 */
function start(
  items: object[],
  records: (own: string, listing: number) => object[] | Response,
  { answer = lost as Error | Response, ...options }: Record<string, unknown> = {},
) {
  let own = "";
  let listings = 0;
  const respond = ({ url, method, headers }: Sent): Response => {
    if (method === "POST") {
      own ||= String(headers["ms-correlationid"]);
      if (answer instanceof Response) return answer.clone();
      throw answer as Error;
    }
    if (!url.includes("/v1/auditrecords")) return json(items);
    const found = records(own, ++listings);
    return found instanceof Response ? found : json({ items: found });
  };
  const started = world([respond], options as Partial<QualificationsClientOptions>);
  const request = () => started.client.qualifications.request(customerId, education);
  return { ...started, request, listings: () => listings };
}

describe("a record of the request", () => {
  test("proves a lost but listed request by its correlation id", async () => {
    const { request } = start([item], (own) => [another, record(own)]);
    const vetting = await request();
    expect(vetting).toMatchObject({
      write: "accepted",
      proof: "auditRecord",
      record: { userPrincipalName: "admin@partner.example" },
      item,
    });
    expect(vetting.toJSON()).toMatchObject({ proof: "auditRecord" });
  });

  test("proves a lost request before the list shows it", async () => {
    const { request } = start([], (own) => [record(own)]);
    const vetting = await request();
    expect(vetting).toMatchObject({ write: "accepted", proof: "auditRecord", item: undefined });
  });

  test("reads the records of the service's day when its clock is days behind", async () => {
    const date = "2025-12-30T09:00:00Z";
    const correlationId = "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745";
    const listed = json([{ ...item, vettingCreateDate: date }], 200, {
      Date: new Date(date).toUTCString(),
    });
    const records = json({ items: [record(correlationId, { operationDate: date })] });
    const { client } = world([lost, listed, records], { retry: { maxAttempts: 1 } });
    const call = { correlationId };
    expect(await client.qualifications.request(customerId, education, call)).toMatchObject({
      write: "accepted",
    });
  });

  test("returns alreadyPresent for another caller's record", async () => {
    const { request } = start([item], () => [another], { answer: lost });
    expect(await request()).toMatchObject({
      write: "alreadyPresent",
      proof: "auditRecord",
      record: another,
    });
  });
});

describe("the wait for a record", () => {
  test("waits for a late record", async () => {
    const { request, clock, listings } = start([item], (own, listing) =>
      listing < 4 ? [] : [record(own)],
    );
    const began = clock.now();
    expect(await request()).toMatchObject({ write: "accepted" });
    expect(listings()).toBe(4);
    expect(clock.now() - began).toBeLessThan(60_000);
  });

  test("waits for auditWaitMs without a record", async () => {
    for (const auditWaitMs of [undefined, 5000]) {
      const { request, sent } = start([item], () => [], { auditWaitMs });
      expect(await request()).toMatchObject({ write: "found", proof: undefined });
      const times = sent.filter(({ url }) => url.includes("auditrecords")).map(({ at }) => at);
      expect(times.at(-1)! - times[0]!).toBe(auditWaitMs ?? 60_000);
    }
  });

  test("keeps the result found when a signal ends the wait", async () => {
    const controller = new AbortController();
    const abort = () => (controller.abort(), []);
    const { signal } = controller;
    const found = start([item], abort);
    const body = education;
    expect(await found.client.qualifications.request(customerId, body, { signal })).toMatchObject({
      write: "found",
    });
    const again = new AbortController();
    const unknown = start([], () => (again.abort(), []));
    const call = unknown.client.qualifications.request(customerId, body, { signal: again.signal });
    expect(await failureOf(call)).toMatchObject({ kind: "aborted", write: "unknown" });
  });

  test("rejects a negative or non-numeric auditWaitMs", () => {
    expect(() => start([], () => [], { auditWaitMs: -1 })).toThrow("auditWaitMs");
  });
});

describe("no proof", () => {
  test("without a record, an unknown request stays unknown and can be continued", async () => {
    const { request, sent } = start([], () => [another]);
    const error = await failureOf(request());
    expect(error).toMatchObject({
      write: "unknown",
      continuation: {
        requestId: sent[0]?.headers["ms-requestid"],
        correlationId: sent[0]?.headers["ms-correlationid"],
      },
    });
  });

  test("proves a continued request by the first call's record", async () => {
    const first = start([], () => []);
    const { continuation } = (await failureOf(first.request())) as { continuation?: object };
    const own = first.sent[0]?.headers["ms-correlationid"];
    const later = start([item], () => [record(own)], { answer: json({}, 409) });
    const vetting = await later.client.qualifications.request(customerId, education, continuation);
    expect(vetting).toMatchObject({ write: "accepted", proof: "auditRecord" });
  });

  test.each<[string, object]>([
    ["a record without a correlation id", record(null)],
    ["a record without a customer name or a value", { ...another, resourceNewValue: undefined }],
    [
      "a record of another qualification",
      { ...another, resourceNewValue: '{"qualification":"StateOwnedEntity"}' },
    ],
    ["a record of another operation", { ...another, operationType: "update_customer" }],
    ["a record with another status", { ...another, operationStatus: "postponed" }],
    ["a record from long before", { ...another, operationDate: "2026-01-05T08:00:00Z" }],
    [
      "another customer's record",
      { ...another, customerId: "99999999-2222-3333-4444-555555555555" },
    ],
  ])("proves nothing by %s", async (_, one) => {
    const { request } = start([item], () => [one]);
    expect(await request()).toMatchObject({ write: "found", proof: undefined });
  });

  test.each(["failed", "progress", "decline", "postponed"])(
    "proves nothing by the request's own record with the status %s",
    async (operationStatus) => {
      const { request } = start([item], (own) => [record(own, { operationStatus })]);
      expect(await request()).toMatchObject({ write: "found" });
    },
  );

  test.each<[string, () => Response]>([
    ["403", () => json({ code: "1002" }, 403)],
    ["a failure", () => json({}, 500)],
    ["something else than a page", () => json("records")],
  ])("%s for the audit records leaves the result as it was", async (_, refusal) => {
    const found = start([item], refusal);
    expect(await found.request()).toMatchObject({ write: "found", proof: undefined });
    const unknown = start([], refusal);
    expect(await failureOf(unknown.request())).toMatchObject({
      kind: "connection",
      write: "unknown",
    });
  });

  test.each<[string, object[], Record<string, unknown>]>([
    ["a request with an answer", [], { answer: json(item, 201) }],
    ["a refusal at the first attempt", [], { answer: json({}, 409) }],
    ["what was there long before", [{ ...item, vettingCreateDate: "2026-01-04T09:00:00Z" }], {}],
    ["21Vianet", [item], { environment: "china" }],
    ["a client without a wait", [item], { auditWaitMs: 0 }],
  ])("reads no audit records for %s", async (_, items, options) => {
    const { request, listings } = start(items, () => [], options);
    await request().catch(() => undefined);
    expect(listings()).toBe(0);
  });
});
