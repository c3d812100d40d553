import { expect, test } from "vitest";
import { playLostRequests } from "./play-lost-requests.ts";

// A fixed sample; lost-requests.sweep.test.ts plays a thousand.

test("attributes no request of another administrator, and misses none, in 8 seeded runs", async () => {
  const played = await playLostRequests(8);
  const results = [...played.values()].flat().map(({ result }) => result);
  for (const result of ["accepted", "alreadyPresent", "conflict", "found"]) {
    expect(results).toContain(result);
  }
  const idle = played.get("no audit records (today)")?.filter(({ listings }) => listings > 0);
  expect(idle).toEqual([]);
});
