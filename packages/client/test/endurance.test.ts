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

test("keeps memory constant over many calls with one signal", async () => {
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

test.each([-3_600_000, 3_600_000])("ends a call when the clock jumps by %i ms", async (jump) => {
  const answers = [
    () => {
      it.clock.advance(jump);
      return json({}, 503);
    },
    json([]),
  ];
  const it = world(answers);
  const result = await it.client.qualifications.list(customerId).catch((error: Error) => error);
  // Backward: the call continues. Forward: the call's time is over, and the last response is its error.
  expect(jump < 0 ? result : (result as { kind?: string }).kind).toEqual(jump < 0 ? [] : "server");
});

test("ends a call within its total timeout, whatever the attempts do", async () => {
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
