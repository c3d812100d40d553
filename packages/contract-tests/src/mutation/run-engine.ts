// The engine's deterministic phases against a mock of the same copy, until the first failure, and what
// they leave unproved. Prints what came of it as one line of JSON.

import { startMock } from "@partner-qualifications/mock";
import {
  gapsOf,
  readContract,
  readWaivers,
  runSuite,
} from "@partner-qualifications/contract-suite";

let exchanges = 0;
console.log(JSON.stringify({ failure: await firstFailure(), exchanges }));

async function firstFailure(): Promise<string | undefined> {
  try {
    // Read here, since what is read may be no contract.
    const { document } = await import("@partner-qualifications/spec/model");
    await using mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
    const { failures, matrix, ...result } = await runSuite({
      contract: readContract(document),
      target: { baseUrl: mock.url, control: mock.url, timeout: 60_000 },
      waivers: readWaivers(),
      stopAtFirst: true,
      // A busy machine is no defect.
      maxResponseTime: 60_000,
    });
    exchanges = result.exchanges.length;
    const [first] = failures;
    if (first) return `${first.check} in ${first.caseId}`;
    // Only a whole run proves all.
    const [gap] = gapsOf(matrix);
    return gap && `the coverage matrix: ${gap}`;
  } catch (error) {
    // A mock that does not start, or a contract that is none, is found by whoever starts it.
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
