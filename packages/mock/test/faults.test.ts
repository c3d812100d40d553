import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { submit, list, school, send, testCustomer } from "./call.ts";

test("applies a fault to its count of replies, its customer and its operation", async () => {
  await using mock = await startMock();
  mock.control.addFaults({
    kind: "failure",
    status: 503,
    count: 2,
    customerId: school.toUpperCase(),
    operationId: "listQualifications",
  });
  expect((await send(mock, `/v1/customers/${school}`)).status).toBe(200);
  expect((await list(mock, testCustomer("a1"))).status).toBe(200);
  const statuses = [];
  for (let request = 0; request < 3; request++) statuses.push((await list(mock, school)).status);
  expect(statuses).toEqual([503, 503, 200]);
  expect(mock.control.faults).toEqual([]);
});

test("loses the reply to a write, not to an earlier read", async () => {
  await using mock = await startMock();
  mock.control.addFaults({ kind: "reset", only: "writes" });
  expect((await list(mock, school)).status).toBe(200);
  await expect(submit(mock, school)).rejects.toThrow("fetch failed");
  expect(await (await list(mock, school)).json()).toHaveLength(1);
});

test("spreads two faults of a kind over two replies, and combines two kinds", async () => {
  await using mock = await startMock();
  mock.control.addFaults(
    { kind: "wrongContentType" },
    { kind: "wrongContentType" },
    { kind: "byteOrderMark" },
  );
  const bodies = [];
  for (let request = 0; request < 3; request++) {
    const response = await list(mock, school);
    bodies.push([response.headers.get("Content-Type"), (await response.bytes()).length]);
  }
  expect(bodies).toEqual([
    ["text/plain", 5],
    ["text/plain", 2],
    ["application/json; charset=utf-8", 2],
  ]);
});

test("delays a reply in real time while the clock stands still", async () => {
  await using mock = await startMock({ clock: "manual" });
  mock.control.addFaults({ kind: "latency", delay: "PT0.3S" });
  const began = performance.now();
  await list(mock, school);
  expect(performance.now() - began).toBeGreaterThan(290);
});

test("applies no cleared faults", async () => {
  await using mock = await startMock();
  mock.control.addFaults({ kind: "htmlPage" });
  mock.control.clearFaults();
  expect((await list(mock, school)).status).toBe(200);
});

test.each([
  [{ kind: "failure", status: 418 }, "No operation documents a failure with status 418"],
  [{ kind: "failure" }, "No operation documents a failure with status undefined"],
  [
    { kind: "failure", status: 409, operationId: "getCustomer" },
    "getCustomer does not document a failure with status 409",
  ],
  [{ kind: "reset", operationId: "delete" }, "Unknown operation delete. Known operations: list"],
  [{ kind: "latency", delay: "3 s" }, '"3 s" is not an ISO 8601 duration'],
] as const)("rejects %j", async (fault, message) => {
  await using mock = await startMock();
  expect(() => mock.control.addFaults(fault)).toThrow(message);
});

test.each(["P24D", "P25D", "P100D"])(
  "delays a reply by %s, longer than a timer can wait",
  async (delay) => {
    const mock = await startMock({ faults: [{ kind: "latency", delay }] });
    const early = await Promise.race([
      list(mock, school).then(
        () => "a reply",
        () => "no reply",
      ),
      new Promise((resolve) => setTimeout(resolve, 300, "still waiting")),
    ]);
    await mock.close();
    expect(early).toBe("still waiting");
  },
);

test("lets the process exit when the mock closes during a latency", async () => {
  const program = `
    const { startMock } = await import(${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)});
    const mock = await startMock({ faults: [{ kind: "latency", delay: "PT1H" }] });
    const headers = { Authorization: "Bearer any" };
    const lost = fetch(mock.url + "/v1/customers", { headers }).catch(() => {});
    while (mock.control.faults.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await mock.close();
    await lost;
    console.log("closed");
  `;
  const options = { timeout: 60_000 };
  const child = promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", program],
    options,
  );
  expect((await child).stdout).toBe("closed\n");
}, 70_000);
