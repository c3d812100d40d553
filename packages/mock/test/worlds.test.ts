import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

/** Eight in `test:full`. */
const workers = process.env.SWEEPS ? 8 : 3;

test("workers with a world each never see one another's data", async () => {
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
  // Each asked once more than the one before, of the same customers, and finds no more than that.
  expect(seen).toEqual(Array.from({ length: workers }, (_, number) => number + 1));
});
