import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createQualificationsClient } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** A hundred thousand in `test:full`. */
const calls = process.env.SWEEPS ? 100_000 : 20_000;

test("many calls with one long-lived signal leave the memory as it was", async () => {
  const client = createQualificationsClient({
    credential: async () => "canary",
    fetch: async () => new Response("[]", { headers: { "Content-Length": "2" } }),
    hooks: { attemptEnd() {} },
  });
  const { signal } = new AbortController();
  const run = async (count: number) => {
    for (let index = 0; index < count; index++)
      await client.qualifications.list(customerId, { signal });
  };
  await run(5000);
  const before = heapMegabytes();
  await run(calls);
  expect(heapMegabytes() - before).toBeLessThan(4);
}, 60_000);

test.each([-3_600_000, 3_600_000])(
  "a clock that jumps by %i ms does not hang a call",
  async (jump) => {
    const answers = [
      () => {
        it.clock.advance(jump);
        return json({}, 503);
      },
      json([]),
    ];
    const it = world(answers);
    const result = await it.client.qualifications.list(customerId).catch((error: Error) => error);
    // Back: it goes on. Forward: the call's time is over, and the last answer is its error.
    expect(jump < 0 ? result : (result as { kind?: string }).kind).toEqual(
      jump < 0 ? [] : "server",
    );
  },
);

test("a call ends in its total time, whatever the attempts do", async () => {
  const { client } = world([() => new Promise<Response>(() => {})], {
    timeoutMs: 1000,
    totalTimeoutMs: 50,
  });
  const started = performance.now();
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "timeout",
  });
  expect(performance.now() - started).toBeLessThan(5000);
});
