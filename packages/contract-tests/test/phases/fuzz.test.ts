import { expect, test } from "vitest";
import { againstMock, reported } from "./against-mock.ts";

// `pnpm fuzz` draws for five minutes, or for FUZZ_SECONDS.
const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const isSweep = process.env.FUZZ_SECONDS ?? process.env.SWEEPS;
const seed = Number(process.env.FUZZ_SEED ?? (isSweep ? Math.floor(Math.random() * 2 ** 31) : 1));

test(
  `gets documented responses to drawn requests (seed ${seed})`,
  async () => {
    const { failures, sent } = await againstMock({ phases: ["fuzz"], seed, time: seconds * 1000 });
    console.log(`fuzz: ${sent} requests from seed ${seed}`);
    expect(reported(failures)).toEqual([]);
    expect(sent).toBeGreaterThan(0);
  },
  seconds * 3000 + 120_000,
);
