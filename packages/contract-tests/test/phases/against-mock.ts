import { createRequire } from "node:module";
import { type MockOptions, startMock } from "@partner-qualifications/mock";
import {
  type Failure,
  readContract,
  readWaivers,
  runSuite,
  type SuiteOptions,
  type SuiteResult,
} from "@partner-qualifications/contract-suite";

export const document = createRequire(import.meta.url)("@partner-qualifications/spec/openapi.json");
export const contract = readContract(document);

/** Runs phases of the suite against a mock of their own. A busy machine is no defect. */
export async function againstMock(
  options: Omit<SuiteOptions, "contract" | "target">,
  scenario: MockOptions = {},
): Promise<SuiteResult> {
  await using mock = await startMock({ clock: "manual", ...scenario });
  return await runSuite({
    contract,
    target: { baseUrl: mock.url, control: mock.url, timeout: 60_000 },
    waivers: readWaivers(),
    maxResponseTime: 60_000,
    ...options,
  });
}

/** Failures as they are to be read in a test's report: what is wrong, how to see it again, and curl. */
export function told(failures: Failure[]): string[] {
  return failures.map(({ check, operationId, message, replay, curl }) =>
    [`${check}, ${operationId}: ${message}`, `pnpm contract … ${replay}`, curl].join("\n"),
  );
}
