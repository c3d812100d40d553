import { randomUUID } from "node:crypto";
import { createQualificationsClient } from "@partner-qualifications/client";
import { type MockOptions, startMock, testCustomers } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { VirtualClock } from "../virtual-clock.ts";

// Concurrent callers of one client under the mock's limits, on a virtual clock.

const throttled = testCustomers.find(({ throttle }) => throttle)!.id;
const customer = (index: number) => `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`;

interface Row {
  callers: number;
  own?: (index: number) => string;
  mock?: MockOptions;
  /** N/k, in milliseconds. */
  least: number;
}

test.each<[string, Row]>([
  [
    "5 callers of the throttled test customer, 2 in 4 s",
    { callers: 5, own: () => throttled, least: 10_000 },
  ],
  [
    "300 callers of 300 customers, 50 in a second",
    { callers: 300, mock: { throttle: { partner: { requests: 50, per: "PT1S" } } }, least: 6000 },
  ],
  [
    "20 callers of one customer, 4 in 2 s",
    {
      callers: 20,
      own: () => customer(0),
      mock: { throttle: { customer: { requests: 4, per: "PT2S" } } },
      least: 10_000,
    },
  ],
])("completes %s in little more than the limit allows", async (_, row) => {
  const { callers, own = customer, mock: scenario, least } = row;
  const attempts = new Map<string, number>();
  await using mock = await startMock({
    clock: "manual",
    now: "2026-01-05T09:00:00Z",
    ...scenario,
    log({ message }) {
      const id = message.headers["ms-requestid"]!;
      attempts.set(id, (attempts.get(id) ?? 0) + 1);
    },
  });
  const clock = new VirtualClock((ms) => mock.advance(`PT${ms / 1000}S`));
  const client = createQualificationsClient({
    baseUrl: mock.url,
    credential: () => "token",
    runtime: {
      now: () => clock.now(),
      random: () => 0.5,
      uuid: randomUUID,
      sleep: (ms, signal) => clock.sleep(ms, signal),
    },
    fetch: (url, init) =>
      clock.during(async () => {
        const response = await fetch(url, init);
        return new Response(await response.text(), response);
      }),
  });
  const start = clock.now();
  const calls = Array.from({ length: callers }, (_none, index) =>
    client.qualifications.list(own(index)),
  );
  expect(await Promise.all(calls)).toHaveLength(callers);
  expect(clock.now() - start).toBeLessThan(least * 1.5);
  expect(attempts.size).toBe(callers);
  expect(Math.max(...attempts.values())).toBeLessThanOrEqual(4);
});
