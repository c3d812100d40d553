// The engine's deterministic phases against a mock of the same copy, until the first failure, and what
// they leave unproved. Prints what came of it as one line of JSON.

import { startMock } from "@partner-qualifications/mock";
import { contractDocument } from "../conformance/contract-document.ts";
import { gapsOf, readContract, readWaivers, runSuite } from "../index.ts";

await using mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
const { failures, exchanges, matrix } = await runSuite({
  contract: readContract(contractDocument),
  target: { baseUrl: mock.url, control: mock.url, timeout: 60_000 },
  waivers: readWaivers(),
  stopAtFirst: true,
  // A busy machine is no defect.
  maxResponseTime: 60_000,
});
const found = [
  ...failures.map(({ check, caseId }) => `${check} in ${caseId}`),
  // Only a whole run proves all.
  ...(failures.length === 0 ? gapsOf(matrix).map((gap) => `the coverage matrix: ${gap}`) : []),
];
console.log(JSON.stringify({ exchanges: exchanges.length, failure: found[0] }));
