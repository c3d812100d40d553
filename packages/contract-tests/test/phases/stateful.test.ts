import { expect, test } from "vitest";
import { againstMock, told } from "./against-mock.ts";

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`a partner's walks through time end where the rules say (seed ${seed})`, async () => {
  const { failures, sent } = await againstMock({ phases: ["stateful"], seed });
  console.log(`stateful: ${sent} requests from seed ${seed}`);
  expect(told(failures)).toEqual([]);
  expect(sent).toBeGreaterThan(100);
}, 120_000);
