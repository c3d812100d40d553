import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

/** Eight in `test:full`. */
const workers = process.env.SWEEPS ? 8 : 3;

test("keeps the data of workers with separate worlds apart", async () => {
  const program = new URL("world-of-a-worker.ts", import.meta.url);
  const seen = await Promise.all(
    Array.from(
      { length: workers },
      (_, number) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(program, { workerData: number });
          worker.once("message", resolve).once("error", reject);
        }),
    ),
  );
  // Each worker makes one request more than the previous one, for the same customers.
  expect(seen).toEqual(Array.from({ length: workers }, (_, number) => number + 1));
});
