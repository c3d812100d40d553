// The engine's deterministic phases against a mock of the same copy, until the first failure. Prints
// what came of it as one line of JSON.

import { startMock } from "@partner-qualifications/mock";
import { contractDocument } from "../conformance/contract-document.ts";
import { readContract, runSuite } from "../index.ts";

await using mock = await startMock({ clock: "manual", now: "2026-01-05T09:00:00Z" });
const { failures, exchanges } = await runSuite({
  contract: readContract(contractDocument),
  target: { baseUrl: mock.url, control: mock.url },
  stopAtFirst: true,
  // A busy machine is no defect.
  maxResponseTime: 60_000,
});
const [first] = failures;
console.log(
  JSON.stringify({
    exchanges: exchanges.length,
    ...(first && { failure: `${first.check} in ${first.caseId}` }),
  }),
);
