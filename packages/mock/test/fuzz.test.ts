/* oxlint-disable vitest/expect-expect -- each request expects */

import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("answers any bytes with a documented status", async () => {
  await fuzz({ seed: 17, numRuns: 150 });
});
