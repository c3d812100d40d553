import { expect, test } from "vitest";
import { againstMock, reported } from "./against-mock.ts";

// The sweeps draw another seed each time. Turn each finding into a test.
const drawn = process.env.SWEEPS ? Math.floor(Math.random() * 2 ** 31) : 1;
const seed = Number(process.env.FUZZ_SEED ?? drawn);

test(`walks through time end as the rules say (seed ${seed})`, async () => {
  const { failures, sent } = await againstMock({ phases: ["stateful"], seed });
  console.log(`stateful: ${sent} requests from seed ${seed}`);
  expect(reported(failures)).toEqual([]);
  expect(sent).toBeGreaterThan(100);
}, 120_000);
