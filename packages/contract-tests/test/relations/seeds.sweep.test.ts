import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { phaseNames, runSuite } from "@partner-qualifications/contract-suite";
import { contract } from "@partner-qualifications/spec/model";
import { reported } from "../phases/against-mock.ts";

test("passes on the mock with twenty seeds", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    await using mock = await startMock();
    const target = { baseUrl: mock.url, timeoutMs: 60_000 };
    const given = { contract, seed, maxCases: 500, maxResponseTime: 60_000 };
    const whole = await runSuite({ ...given, target, phases: phaseNames });
    expect(reported(whole.failures), `seed ${seed}`).toEqual([]);
    const withoutControl = { ...target, control: false } as const;
    const plain = await runSuite({ ...given, target: withoutControl });
    expect(reported(plain.failures), `seed ${seed}, without control`).toEqual([]);
  }
}, 1_800_000);
