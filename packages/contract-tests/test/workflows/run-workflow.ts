import type { Exchange, Mock } from "@partner-qualifications/mock";
import { respect } from "./respect.ts";
import type { Run } from "./runs.ts";

/** Lets the days of a vetting go by, once somebody has seen that it must be waited for. */
export function letDaysPass(mock: Mock, { message, reply }: Exchange): void {
  if (message.method === "GET" && reply.body.includes("InReview")) mock.advance("P5D");
}

/**
 * Runs a workflow against a mock that has forgotten everything.
 *
 * @param mock With a manual clock, that is moved by {@link letDaysPass}.
 * @param url What to call, when not the mock itself.
 * @returns Its calls in their order, with equal ones beside each other told once.
 * @throws {Error} When it does not succeed.
 */
export async function runWorkflow(
  name: string,
  run: Run,
  mock: Mock,
  url: string = mock.url,
): Promise<string[]> {
  mock.control.reset();
  run.before?.(mock);
  const attempts = await respect(name, url, { ...run.inputs, accessToken: "a-users-token" });
  run.after?.(attempts);
  const told = attempts.map(
    ({ stepId, retriesLeft, response }) =>
      `${stepId} ${response.statusCode}${retriesLeft === undefined ? "" : ", to be repeated"}`,
  );
  return told.filter((line, index) => line !== told[index - 1]);
}
