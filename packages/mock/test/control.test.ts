import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startMock, testCustomers } from "../src/index.ts";
import { submit, control, list, school } from "./call.ts";

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;
const description = fileURLToPath(new URL("../control.openapi.yaml", import.meta.url));

test("serves a valid description of the control API", async () => {
  const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = ["--extends=minimal", "--format=summary"];
  execFileSync(process.execPath, [redocly, "lint", description, ...options], {
    env,
    stdio: "pipe",
  });
  await using mock = await startMock();
  const served = await fetch(`${mock.url}/_mock/openapi.yaml`);
  expect(await served.text()).toBe(readFileSync(description, "utf8"));
});

test("advances a frozen clock by three days and ends the vetting", async () => {
  await using mock = await startMock({ clock: "fast", now: monday.now, speed: 10 });
  expect(await control(mock, "PUT", "clock", { mode: "manual" })).toMatchObject([
    200,
    { mode: "manual", speed: 0 },
  ]);
  await submit(mock, school);
  expect((await control(mock, "POST", "clock/advance", { by: "P3D" }))[0]).toBe(200);
  expect(await (await list(mock, school)).json()).toMatchObject([{ vettingStatus: "Approved" }]);
});

test("runs a fast clock faster than time, and continues a real one from its time", async () => {
  await using mock = await startMock(monday);
  mock.control.setClock({ mode: "fast", speed: 100_000 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  mock.control.setClock({ mode: "real" });
  const passed = Date.parse(mock.control.clock.now) - Date.parse(monday.now);
  expect(passed).toBeGreaterThan(3_000_000);
});

test("advances a real and a fast clock without stopping it", async () => {
  await using mock = await startMock();
  for (const settings of [{ mode: "real" }, { mode: "fast", speed: 1000 }] as const) {
    mock.control.setClock(settings);
    const [status, moved] = await control(mock, "POST", "clock/advance", { by: "P1D" });
    expect([status, moved.mode]).toEqual([200, settings.mode]);
    const start = Date.parse(String(moved.now));
    await expect.poll(() => Date.parse(mock.control.clock.now)).toBeGreaterThan(start);
  }
});

test("reports when the clock freezes and when it runs again, not when it is moved", async () => {
  const modes: string[] = [];
  await using mock = await startMock({ onClockMode: ({ mode }) => modes.push(mode) });
  await control(mock, "POST", "clock/advance", { by: "P1D" });
  await control(mock, "PUT", "clock", { mode: "manual" });
  await control(mock, "PUT", "clock", { mode: "manual" });
  await control(mock, "POST", "reset");
  expect(modes).toEqual(["manual", "real"]);
});

test.each([
  ["clock", { mode: "manual", now: "2020-12-07T08:59:59Z" }, /cannot go back from 2020-12-07T09/],
  ["clock", { mode: "manual", now: "12000-01-01" }, /is not an ISO 8601 date/],
  ["clock", { mode: "manual", now: "2020-13-40" }, /is not an ISO 8601 date/],
  ["clock", { mode: "stopped" }, /allowed values: real, manual, fast/],
  ["clock", { mode: "fast", speed: -1 }, /must be > 0/],
  ["clock", { mode: "real", speed: 2 }, /needs a fast clock/],
  ["clock", { mode: "real", mod: 2 }, /found 'mod'/],
  ["clock", "{", /not JSON/],
  ["seed", { seed: "one" }, /must be integer/],
] as const)("rejects PUT %s with %j and changes nothing", async (path, body, reason) => {
  await using mock = await startMock(monday);
  const [status, { error }] = await control(mock, "PUT", path, body);
  expect(status).toBe(400);
  expect(error).toMatch(reason);
  expect(mock.control.clock.now).toBe("2020-12-07T09:00:00.000Z");
});

test.each(["-P1D", "P", "soon", "P9999999Y", 3])("rejects advancing by %j", async (by) => {
  await using mock = await startMock(monday);
  expect((await control(mock, "POST", "clock/advance", { by }))[0]).toBe(400);
});

test("resets to the initial scenario", async () => {
  await using mock = await startMock({ ...monday, faults: [{ kind: "htmlPage" }] });
  await submit(mock, school);
  mock.advance("P1Y");
  expect((await control(mock, "POST", "reset"))[1]).toMatchObject({
    now: "2020-12-07T09:00:00.000Z",
  });
  expect((await list(mock, school)).status).toBe(502);
  expect(await (await list(mock, school)).json()).toEqual([]);
});

test("adds, lists and clears faults", async () => {
  await using mock = await startMock();
  const fault = { kind: "failure", status: 503, count: 2 };
  expect(await control(mock, "POST", "faults", fault)).toEqual([200, [fault]]);
  expect(await control(mock, "GET", "faults")).toEqual([200, [fault]]);
  expect(await control(mock, "DELETE", "faults")).toEqual([200, []]);
  expect((await control(mock, "POST", "faults", [{ kind: "rest" }]))[1].error).toContain("reset");
});

test("serves the table of test customers and tokens", async () => {
  await using mock = await startMock();
  const [status, body] = await control(mock, "GET", "test-customers");
  expect(status).toBe(200);
  expect(body.customers).toEqual(testCustomers);
  expect(body.tokens).toHaveLength(3);
});

describe("callers and paths", () => {
  test.each([
    ["a page of another site", { "Sec-Fetch-Site": "cross-site" }],
    ["a page of a neighbouring site", { "Sec-Fetch-Site": "same-site" }],
    ["another origin", { Origin: "http://evil.example" }],
    ["a page without an origin", { Origin: "null" }],
  ])("refuses control to %s", async (_, headers) => {
    await using mock = await startMock(monday);
    const response = await fetch(`${mock.url}/_mock/reset`, { method: "POST", headers });
    expect(response.status).toBe(403);
  });

  test("allows control to a page of the mock itself", async () => {
    await using mock = await startMock(monday);
    const headers = { Origin: mock.url, "Sec-Fetch-Site": "same-origin" };
    expect((await fetch(`${mock.url}/_mock/reset`, { method: "POST", headers })).status).toBe(200);
  });

  test.each([
    ["GET", "nothing", 404],
    ["DELETE", "clock", 405],
  ] as const)("answers %s %s with %i", async (method, path, status) => {
    await using mock = await startMock();
    expect((await control(mock, method, path))[0]).toBe(status);
  });

  test("rejects another site's form with 415", async () => {
    await using mock = await startMock(monday);
    const type = "application/x-www-form-urlencoded";
    expect((await control(mock, "POST", "clock/advance", "by=P1D", type))[0]).toBe(415);
  });
});

describe("test customers", () => {
  test("changes a customer's behavior during its vetting", async () => {
    await using mock = await startMock(monday);
    await submit(mock, school);
    const museum = {
      id: school.toUpperCase(),
      summary: "A museum",
      companyName: "Museum",
      education: "denied",
      vettingReason: "Not an eligible Museum",
    };
    expect(await control(mock, "PUT", "test-customers", museum)).toEqual([200, museum]);
    expect(await (await list(mock, school)).json()).toMatchObject([{ vettingStatus: "InReview" }]);
    mock.advance("P3D");
    expect(await (await list(mock, school)).json()).toMatchObject([
      { vettingStatus: "Denied", vettingReason: "Not an eligible Museum" },
    ]);
    const [, { customers }] = await control(mock, "GET", "test-customers");
    expect(customers).toContainEqual(museum);
    expect(mock.control.journal().log.entries).toHaveLength(3);
  });

  test("keeps a decided outcome when its customer's behavior changes", async () => {
    await using mock = await startMock(monday);
    await submit(mock, school);
    mock.advance("P3D");
    mock.control.setTestCustomer({ id: school, summary: "Denied", education: "denied" });
    expect(await (await list(mock, school)).json()).toMatchObject([{ vettingStatus: "Approved" }]);
  });

  test("starts and stops throttling a customer", async () => {
    await using mock = await startMock(monday);
    const stands = (throttle?: { requests: number; per: string }) =>
      mock.control.setTestCustomer({ id: school, summary: "Busy", ...(throttle && { throttle }) });
    stands({ requests: 1, per: "PT1M" });
    expect([(await list(mock, school)).status, (await list(mock, school)).status]).toEqual([
      200, 429,
    ]);
    stands();
    expect((await list(mock, school)).status).toBe(200);
  });

  test.each([
    [{ id: school, summary: "", throttle: { requests: 1, per: "Psoon" } }, /Psoon/],
    [{ id: school, summary: "", burst: { status: 418, length: 1 } }, /418/],
    [{ id: "school", summary: "" }, /pattern/],
  ])("rejects the customer %j and changes nothing", async (customer, reason) => {
    await using mock = await startMock(monday);
    const before = mock.control.testCustomers;
    const [status, { error }] = await control(mock, "PUT", "test-customers", customer);
    expect(status).toBe(400);
    expect(error).toMatch(reason);
    expect(mock.control.testCustomers).toEqual(before);
  });
});
