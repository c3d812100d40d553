import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What came of one run of the suite. */
export type Outcome =
  /** A test failed. */
  | { is: "killed"; by: string }
  /** Every test passed. */
  | { is: "survived"; tests: number }
  /** It did not come to an end. */
  | { is: "timed out" }
  /** No test was run at all, for instance because nothing could be loaded. */
  | { is: "broken"; why: string };

interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    message: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);

/**
 * Runs the suite in a copy until its first failure.
 *
 * @param limitMs How long it may take.
 */
export async function runSuite(copy: string, limitMs: number): Promise<Outcome> {
  const file = join(copy, "report.json");
  await rm(file, { force: true });
  const options = ["--config", join(copy, "vitest.config.mjs"), "--reporter=json"];
  const { text, isLate } = await run([vitest, "run", ...options, "--outputFile", file], limitMs);
  if (isLate) return { is: "timed out" };
  const report = await readFile(file, "utf8").then(
    (json) => JSON.parse(json) as Report,
    () => undefined,
  );
  if (!report) return { is: "broken", why: firstLine(text) };
  for (const { assertionResults, status, message, name } of report.testResults) {
    const failed = assertionResults.find((result) => result.status === "failed");
    if (failed) return { is: "killed", by: failed.fullName.trim() };
    // A hook, or the reading of the contract, outside every test.
    if (status === "failed") {
      return { is: "killed", by: `${name.split("/").at(-1)}: ${firstLine(message)}` };
    }
  }
  if (report.numPassedTests === 0) return { is: "broken", why: firstLine(text) };
  return { is: "survived", tests: report.numPassedTests };
}

function run(args: string[], limitMs: number): Promise<{ text: string; isLate: boolean }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", VITEST: undefined, NODE_ENV: undefined },
      // So that what it has started ends with it.
      detached: true,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    }
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, limitMs);
    child.once("close", () => {
      clearTimeout(timer);
      resolve({ text, isLate });
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) ?? "";
}
