import { expect, test } from "vitest";
import { type Load, putLoad } from "../src/load/put-load.ts";

// `pnpm bench load` with fewer calls.

const base = { clients: 20, calls: 300, connections: 4 };

test.each<[string, Load]>([
  ["without a limit", base],
  [
    "under a limit, with a token endpoint that fails a quarter of the time",
    {
      ...base,
      requestsPerSecond: 100,
      tokens: { lifetimeS: 7, failingPeriodMs: 1600 },
    },
  ],
])("completes every call %s", async (_, load) => {
  const { failed, mostAttempts, requestedTwice, ...it } = await putLoad(load);
  expect(failed).toEqual([]);
  expect(mostAttempts).toBeLessThanOrEqual(4);
  expect(requestedTwice).toBe(0);
  expect(it).toMatchObject({ mostTokenRequestsAtOnce: 1, keepsRefreshToken: true });
});
