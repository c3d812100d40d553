import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";

const workflows = new URL("../../../../spec/workflows/", import.meta.url);
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

// None is an example of the contract, with which the command would fill what a step leaves out.
const school = "5a3c9c1e-0d7b-4f0e-9c55-7d1b6f2e8a40";
const denied = "00000000-0000-4000-8000-00000000de01";
const firstId = "b0f1d7a2-64c8-4f5e-8e0b-2c9d3a7f1e65";
const secondId = "6c7ae0d4-2ad3-4bd5-8c61-0b2f53a3e5f7";

/** One call of a workflow, as `redocly respect` logs it. */
interface Attempt {
  stepId: string;
  /** There only when the attempt failed and was followed by another. */
  retriesLeft?: number;
  response: { statusCode: number; headers: Record<string, string>; body: unknown };
}

/** Of the first validation code in an answer. */
function usesLeft(attempt: Attempt | undefined): number | undefined {
  const codes = attempt?.response.body as [{ remainingCreates: number }] | undefined;
  return codes?.[0].remainingCreates;
}

/** How one workflow is run here, and what is to be seen. */
interface Run {
  inputs: Record<string, string>;
  /** What has to be so in Partner Center for the workflow to take its course. */
  before?: (mock: Mock) => void;
  /** The calls in their order, with equal ones beside each other told once. */
  attempts: string[];
  /** What a workflow has no words for. */
  after?: (attempts: Attempt[]) => void;
}

const runs: Record<string, Run> = {
  "education-approved": {
    inputs: { customerId: school, requestId: firstId },
    attempts: [
      "request-education 201",
      "wait-for-approval 200, to be repeated",
      "wait-for-approval 200",
    ],
  },
  "education-denied-and-asked-again": {
    inputs: { customerId: denied, firstRequestId: firstId, secondRequestId: secondId },
    attempts: [
      "request-education 201",
      "wait-for-denial 200, to be repeated",
      "wait-for-denial 200",
      "ask-again 201",
    ],
  },
  "government-with-validation-code": {
    inputs: { customerId: school, requestId: firstId },
    attempts: ["find-code 200", "request-government 201", "see-approved 200", "see-uses-left 200"],
    after: (attempts) => {
      const before = usesLeft(attempts.at(0)) ?? Number.NaN;
      expect(usesLeft(attempts.at(-1))).toBe(before - 1);
    },
  },
  "state-owned-entity-beside-education": {
    inputs: {
      customerId: school,
      educationRequestId: firstId,
      stateOwnedEntityRequestId: secondId,
    },
    attempts: ["request-education 201", "request-state-owned-entity 201", "see-both 200"],
  },
  "throttled-and-continued": {
    inputs: { customerId: school, requestId: firstId },
    before: (mock) => mock.failNext(429),
    attempts: [
      "request-education 429, to be repeated",
      "request-education 201",
      "see-in-review 200",
    ],
    after: ([throttled, repeated]) => {
      for (const attempt of [throttled, repeated]) {
        expect(attempt?.response.headers["ms-requestid"]).toBe(firstId);
      }
    },
  },
};

test("every workflow is run here", async () => {
  const files = await readdir(workflows);
  expect(files.toSorted()).toEqual(Object.keys(runs).map((name) => `${name}.arazzo.yaml`));
});

// Five commands beside each other take as long as the machine lets them.
const timeout = 120_000;

test.concurrent.each(Object.entries(runs))(
  "the workflow %s runs to its end",
  { timeout },
  async (name, run) => {
    await using mock = await startMock({
      clock: "manual",
      // Once a workflow has seen that it must wait, the days of the vetting go by.
      log: ({ message, reply }) => {
        if (message.method === "GET" && reply.body.includes("InReview")) mock.advance("P5D");
      },
    });
    run.before?.(mock);
    const attempts = await respect(name, mock.url, { ...run.inputs, accessToken: "a-users-token" });

    const told = attempts.map(
      ({ stepId, retriesLeft, response }) =>
        `${stepId} ${response.statusCode}${retriesLeft === undefined ? "" : ", to be repeated"}`,
    );
    expect(told.filter((line, index) => line !== told[index - 1])).toEqual(run.attempts);
    run.after?.(attempts);
  },
);

/**
 * Runs a workflow against a base URL with the real command.
 *
 * @throws {Error} With all that the command printed, when it does not succeed.
 */
async function respect(name: string, url: string, inputs: object): Promise<Attempt[]> {
  const folder = await mkdtemp(join(tmpdir(), "workflow-"));
  try {
    const file = `${name}.arazzo.yaml`;
    const log = join(folder, "log.json");
    const options = [`--server=qualifications=${url}`, "--json-output", log];
    await execute([redocly, "respect", file, ...options, "--input", JSON.stringify(inputs)]);

    const { files } = JSON.parse(await readFile(log, "utf8")) as {
      files: Record<string, { executedWorkflows: { executedSteps: Attempt[] }[] }>;
    };
    return files[file]?.executedWorkflows.flatMap(({ executedSteps }) => executedSteps) ?? [];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function execute(command: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      command,
      {
        cwd: fileURLToPath(workflows),
        // Nothing but the mock is called, and that directly.
        env: {
          ...process.env,
          REDOCLY_TELEMETRY: "off",
          REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
          NO_PROXY: "127.0.0.1",
          no_proxy: "127.0.0.1",
        },
      },
      (error, stdout, stderr) => (error ? reject(new Error(stdout + stderr)) : resolve()),
    );
  });
}
