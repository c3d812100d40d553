import { expect, test } from "vitest";
import { tableOf } from "./lost-request.ts";
import { playLostRequests } from "./play-lost-requests.ts";

test("attributes no request of another administrator, and misses none, in 1,000 seeded runs", async () => {
  const played = await playLostRequests(1000);
  for (const runs of played.values()) expect(runs).toHaveLength(1000);
  console.log(tableOf(played).join("\n"));
}, 3_000_000);
