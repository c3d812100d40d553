import type { Exchange, Mock } from "@partner-qualifications/mock";
import { respect } from "./respect.ts";
import type { Run } from "./runs.ts";

/** Advances the days of a vetting once a caller has polled it. */
export function letDaysPass(mock: Mock, { message, reply }: Exchange): void {
  if (message.method === "GET" && reply.body.includes("InReview")) mock.advance("P5D");
}

/**
 * Runs a workflow against a freshly reset mock.
 *
 * @param mock Has a manual clock, which {@link letDaysPass} advances.
 * @param url The base URL, by default the mock's.
 * @returns Its calls in order, with equal consecutive ones listed once.
 * @throws {Error} If it fails.
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
  const reported = attempts.map(
    ({ stepId, retriesLeft, response }) =>
      `${stepId} ${response.statusCode}${retriesLeft === undefined ? "" : ", to be repeated"}`,
  );
  return reported.filter((line, index) => line !== reported[index - 1]);
}
