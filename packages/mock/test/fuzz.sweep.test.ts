/* oxlint-disable vitest/expect-expect -- each request expects */

import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("answers any bytes with a documented status, at length", async () => {
  await fuzz({ numRuns: 20_000, interruptAfterTimeLimit: 12_000 });
}, 600_000);
