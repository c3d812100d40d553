/* oxlint-disable vitest/no-standalone-expect -- each drawn input expects */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { startMock } from "../src/index.ts";
import { submit, control, list, school, send } from "./call.ts";

// Any input to /_mock/ is accepted or rejected; it never makes the mock fail.

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;

test.each(["real", "fast", "manual"] as const)(
  "advances a %s clock without freezing it",
  async (mode) => {
    await using mock = await startMock();
    mock.control.setClock({ mode });
    const before = Date.parse(mock.control.clock.now);
    await submit(mock, school);
    const [status, clock] = await control(mock, "POST", "clock/advance", { by: "P5D" });
    expect(status).toBe(200);
    expect(clock.mode).toBe(mode);
    expect(Date.parse(clock.now) - before).toBeGreaterThanOrEqual(5 * 86_400_000);
    expect(await (await list(mock, school)).json()).toMatchObject([{ vettingStatus: "Approved" }]);
    mock.advance("P1D");
    expect(Date.parse(mock.control.clock.now) - before).toBeGreaterThanOrEqual(6 * 86_400_000);
  },
);

test.each([
  ["P1M", "2021-01-04T09:00:00.000Z"],
  ["P3M", "2021-03-04T09:00:00.000Z"],
  ["P1Y2M", "2022-02-04T09:00:00.000Z"],
  ["P100Y", "2120-12-04T09:00:00.000Z"],
  ["P2W", "2020-12-18T09:00:00.000Z"],
  ["P1DT1H30M0.5S", "2020-12-05T10:30:00.500Z"],
  ["PT0,5H", "2020-12-04T09:30:00.000Z"],
  ["P0.5D", "2020-12-04T21:00:00.000Z"],
])("advances 4 December by %s on the calendar", async (by, now) => {
  await using mock = await startMock({ clock: "manual", now: "2020-12-04T09:00:00Z" });
  expect((await control(mock, "POST", "clock/advance", { by }))[1]).toMatchObject({ now });
});

test("ends a one-month review on the same day of the next month", async () => {
  await using mock = await startMock({
    clock: "manual",
    now: "2021-01-31T09:00:00Z",
    reviewTime: "P1M",
  });
  await submit(mock, school);
  const statusAt = async (now: string) => {
    mock.control.setClock({ mode: "manual", now });
    return (await list(mock, school)).json();
  };
  expect(await statusAt("2021-02-28T08:59:59Z")).toMatchObject([{ vettingStatus: "InReview" }]);
  expect(await statusAt("2021-02-28T09:00:00Z")).toMatchObject([{ vettingStatus: "Approved" }]);
});

test.each([
  ["P1000Y", /^"P1000Y" is too long; the longest duration is 100 years$/],
  ["PT99999999999999999999S", /is too long/],
  ["P", /is not an ISO 8601 duration/],
  ["P1DT", /is not an ISO 8601 duration/],
  ["P-1D", /is not an ISO 8601 duration/],
  ["P1DT-1H", /is not an ISO 8601 duration/],
])("rejects the duration %s everywhere and says why", async (duration, reason) => {
  await using mock = await startMock(monday);
  const customer = { id: school, summary: "a" };
  const rate = { requests: 1, per: duration };
  for (const [method, path, body] of [
    ["POST", "clock/advance", { by: duration }],
    ["POST", "faults", { kind: "latency", delay: duration }],
    ["PUT", "scenario", { reviewTime: duration }],
    ["PUT", "scenario", { throttle: { partner: rate } }],
    ["PUT", "scenario", { throttle: { customer: rate } }],
    ["PUT", "test-customers", { ...customer, throttle: rate }],
    ["PUT", "test-customers", { ...customer, revokedAfter: duration }],
    ["PUT", "test-customers", { ...customer, faults: [{ kind: "latency", delay: duration }] }],
  ] as const) {
    const [status, { error }] = await control(mock, method, path, body);
    expect([path, status, error]).toEqual([path, 400, expect.stringMatching(reason)]);
  }
});

test("rejects months in periods of fixed length", async () => {
  await using mock = await startMock(monday);
  const [status, { error }] = await control(mock, "PUT", "scenario", {
    throttle: { customer: { requests: 500, per: "P1M" } },
  });
  expect(status).toBe(400);
  expect(error).toBe(
    '"P1M" has no fixed length, because months and years differ. Use days, such as P30D',
  );
});

const duration = fc.oneof(
  fc.constantFrom("P1D", "PT0S", "P1M", "P100Y", "P1000Y", "PT", "P1DT-1H"),
  fc.stringMatching(/^P[0-9YMWDTHS.,-]{0,12}$/),
);
const instant = fc.oneof(
  fc.constantFrom("2026-11-23T09:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01", "2020-12-07"),
  fc.string(),
);
const guid = fc.constantFrom(school, school.toUpperCase(), "00000000-0000-4000-8000-0000000000a1");
const text = fc.oneof(fc.constantFrom("", " ", "a", "Ä\u0000\ud800", "x".repeat(300)), fc.string());
const count = fc.constantFrom(-1, 0, 1, 1.5, 600, 1e6, 1e21, Number.MAX_SAFE_INTEGER);
const rate = fc.record({ requests: count, per: duration }, { requiredKeys: [] });
const fault = fc.record(
  {
    kind: fc.constantFrom("failure", "latency", "wrapper", "longDate", "htmlPage", "other"),
    status: fc.constantFrom(200, 400, 409, 418, 429, 503, 599),
    delay: fc.constantFrom("PT0S", "PT0.001S", "P", "P1M"),
    operationId: fc.constantFrom("requestQualification", "nothing", "constructor"),
    customerId: guid,
    only: fc.constantFrom("writes", "reads"),
    count,
  },
  { requiredKeys: ["kind"] },
);
const customer = fc.record(
  {
    id: guid,
    summary: text,
    companyName: text,
    education: fc.constantFrom("approved", "denied", "undecided", "revoked", "other"),
    vettingReason: text,
    revokedAfter: duration,
    holds: fc.array(fc.constantFrom("Education", "GovernmentCommunityCloud", "StateOwnedEntity")),
    accountStatus: fc.constantFrom("Unknown", "Not Ready", "other"),
    refusal: fc.record({
      status: fc.constantFrom(400, 403, 404, 500),
      code: fc.oneof(text, count),
      description: text,
    }),
    throttle: rate,
    burst: fc.record({ status: fc.constantFrom(400, 418, 503), length: count }),
    faults: fc.array(fault, { maxLength: 3 }),
  },
  { requiredKeys: ["id", "summary"] },
);
const scenario = fc.record(
  {
    clock: fc.constantFrom("real", "manual", "fast", "other"),
    now: instant,
    speed: count,
    reviewTime: duration,
    seed: count,
    throttle: fc.record({ partner: rate, customer: rate }, { requiredKeys: [] }),
    customers: fc.array(customer, { maxLength: 3 }),
    codes: fc.array(
      fc.record(
        { validationId: text, maxCreates: count, remainingCreates: count },
        { requiredKeys: ["validationId", "maxCreates"] },
      ),
      { maxLength: 3 },
    ),
    faults: fc.array(fault, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const clock = fc.record(
  { mode: fc.constantFrom("real", "manual", "fast", "other"), now: instant, speed: count },
  { requiredKeys: ["mode"] },
);

const json = fc.json({ maxDepth: 3 });
const calls: Record<string, fc.Arbitrary<object | string | undefined>> = {
  "PUT clock": clock,
  "POST clock/advance": fc.record({ by: duration }),
  "POST reset": fc.constant(undefined),
  "PUT seed": fc.record({ seed: count }),
  "PUT scenario": scenario,
  "POST faults": fc.oneof(fault, fc.array(fault, { maxLength: 3 })),
  "PUT test-customers": customer,
};

test("draws a body for every control operation with a body", async () => {
  await using mock = await startMock();
  const description = parse(await (await fetch(`${mock.url}/_mock/openapi.yaml`)).text()) as {
    paths: Record<string, Record<string, { requestBody?: object }>>;
  };
  const withBody = Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { requestBody }]) => requestBody)
      .map(([method]) => `${method.toUpperCase()} ${path.replace("/_mock/", "")}`),
  );
  expect(Object.keys(calls)).toEqual(expect.arrayContaining(withBody));
});

/** A failure of the mock itself, not one that a drawn fault injected. */
const ownFailure = /The mock (failed|broke)/;

test.each(Object.entries(calls))(
  "answers any %s without failing, immediately and later",
  async (call, bodies) => {
    const [method = "", path = ""] = call.split(" ");
    await using mock = await startMock();
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: bodies }, json), async (body) => {
        const [status, { error }] = await control(mock, method, path, body);
        expect([200, 400, 415], error).toContain(status);
        const reads = ["GET clock", "GET faults", "GET journal", "GET test-customers"];
        for (const read of reads) {
          const [readMethod = "", readPath = ""] = read.split(" ");
          const [later, problem] = await control(mock, readMethod, readPath);
          expect(later, JSON.stringify(problem)).toBe(200);
        }
        const government = { qualification: "GovernmentCommunityCloud", validationCode: "a" };
        for (const request of [
          () => submit(mock, school),
          () => submit(mock, school, government),
          () => list(mock, school),
          () => send(mock, "/v1/customers?size=0"),
          () => send(mock, `/v1/customers/${school}`),
          () => send(mock, "/v1/customers/all/validations"),
        ]) {
          expect(await (await request()).text()).not.toMatch(ownFailure);
        }
        mock.control.reset();
      }),
      process.env.SWEEPS ? { numRuns: 300 } : { numRuns: 30, seed: 1 },
    );
  },
);

test.each([
  ["a document without an end", "a: &a [*a]"],
  ["multiplying aliases", `a: &a [x,x]\n${"b: &b [*a,*a,*a,*a,*a]\n".repeat(2)}`],
  [
    "an alias bomb",
    ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefgh"]
      .map((line, index, lines) =>
        index === 0
          ? line
          : `${line}: &${line} [${Array.from({ length: 9 }, () => `*${lines[index - 1]?.[0]}`).join()}]`,
      )
      .join("\n"),
  ],
  ["an unknown alias", "clock: *none"],
  ["an unknown tag", "clock: !!js/function x"],
  ["two documents", "clock: manual\n---\nclock: fast"],
  ["a number", "3"],
  ["bytes that are not UTF-8", "\udcff"],
])("rejects a scenario that is %s with 400", async (_, yaml) => {
  await using mock = await startMock(monday);
  const [status, { error }] = await control(mock, "PUT", "scenario", yaml, "application/yaml");
  expect([status, error]).toEqual([400, expect.any(String)]);
  expect(error).not.toMatch(ownFailure);
});

test.each(["/_mock/%zz", "/_mock/clock%2Fadvance", "/_mock//clock", "/_mock/clock/"])(
  "answers %s with 404",
  async (path) => {
    await using mock = await startMock();
    expect((await fetch(mock.url + path)).status).toBe(404);
  },
);
