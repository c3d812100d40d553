import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { list, school, testCustomer } from "./call.ts";

const manual = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;

test.each([
  ["partner", [school, testCustomer("a1"), testCustomer("de01")]],
  ["customer", [school, school, school]],
] as const)("counts the requests of one %s together", async (who, customers) => {
  await using mock = await startMock({
    ...manual,
    throttle: { [who]: { requests: 2, per: "PT1M" } },
  });
  const statuses: number[] = [];
  for (const id of customers) statuses.push((await list(mock, id)).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test("counts customers separately", async () => {
  await using mock = await startMock({
    ...manual,
    throttle: { customer: { requests: 1, per: "PT1M" } },
  });
  expect((await list(mock, school)).status).toBe(200);
  expect((await list(mock, testCustomer("a1"))).status).toBe(200);
});

test.each([1, 3, 7, 500])(
  "accepts requests after Retry-After, at %i a minute",
  async (requests) => {
    await using mock = await startMock({
      ...manual,
      throttle: { partner: { requests, per: "PT1M" } },
    });
    let refused: Response;
    do refused = await list(mock, school);
    while (refused.status === 200);
    const seconds = Number(refused.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(0);
    mock.advance(`PT${seconds}S`);
    expect((await list(mock, school)).status).toBe(200);
  },
);

test("increases Retry-After for an impatient caller, up to a limit", async () => {
  await using mock = await startMock({
    ...manual,
    throttle: { partner: { requests: 1, per: "PT10S" } },
  });
  const waits: string[] = [];
  for (let request = 0; request < 5; request++) {
    waits.push((await list(mock, school)).headers.get("Retry-After") ?? "");
  }
  expect(waits).toEqual(["", "20", "20", "20", "20"]);
});

test("throttles nothing by default", async () => {
  await using mock = await startMock(manual);
  const answers = await Promise.all(Array.from({ length: 200 }, () => list(mock, school)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});
