import { startMock, type Mock } from "@partner-qualifications/mock";
import { respect } from "./respect.ts";
import type { Run } from "./runs.ts";

/**
 * Runs a workflow against a mock of its own, whose clock goes on when the workflow waits.
 *
 * @param through Gives the address to call, when not the mock's own.
 * @returns Its calls in their order, with equal ones beside each other told once.
 * @throws {Error} When it does not succeed.
 */
export async function runWorkflow(
  name: string,
  run: Run,
  through: (mock: Mock) => Promise<string> = async ({ url }) => url,
): Promise<string[]> {
  await using mock = await startMock({
    clock: "manual",
    // Once a workflow has seen that it must wait, the days of the vetting go by.
    log: ({ message, reply }) => {
      if (message.method === "GET" && reply.body.includes("InReview")) mock.advance("P5D");
    },
  });
  run.before?.(mock);
  const inputs = { ...run.inputs, accessToken: "a-users-token" };
  const attempts = await respect(name, await through(mock), inputs);
  run.after?.(attempts);
  const told = attempts.map(
    ({ stepId, retriesLeft, response }) =>
      `${stepId} ${response.statusCode}${retriesLeft === undefined ? "" : ", to be repeated"}`,
  );
  return told.filter((line, index) => line !== told[index - 1]);
}
