import { asSchema, contract, document, type JsonObject } from "@partner-qualifications/spec/model";
import { type MockOptions, startMock } from "@partner-qualifications/mock";
import {
  type Failure,
  readWaivers,
  runSuite,
  type SuiteOptions,
  type SuiteResult,
} from "@partner-qualifications/contract-suite";

/**
 * Returns the contract with some of its paths only: most of the suite works the same for few operations.
 */
export function partOf(...paths: string[]): JsonObject {
  const all = asSchema(document.paths);
  return { ...document, paths: Object.fromEntries(paths.map((path) => [path, all[path] ?? {}])) };
}

/** The paths that walks need, and one to read a customer. */
export const fewPaths = [
  "/v1/customers/{customer_id}",
  "/v1/customers/{customer_id}/qualifications",
  "/v1/customers/all/validations",
];

/** Runs phases of the suite against a new mock, with timeouts for a busy machine. */
export async function againstMock(
  options: Omit<SuiteOptions, "contract" | "target">,
  scenario: MockOptions = {},
): Promise<SuiteResult> {
  await using mock = await startMock({ clock: "manual", ...scenario });
  return await runSuite({
    contract,
    target: { baseUrl: mock.url, control: mock.url, timeoutMs: 60_000 },
    waivers: readWaivers(),
    maxResponseTime: 60_000,
    ...options,
  });
}

/** Formats failures for a test's report: the message, the replay flags and curl. */
export function reported(failures: Failure[]): string[] {
  return failures.map(({ check, operationId, message, replay, curl }) =>
    [`${check}, ${operationId}: ${message}`, `pnpm contract … ${replay}`, curl].join("\n"),
  );
}
