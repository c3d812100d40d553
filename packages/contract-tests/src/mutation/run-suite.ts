import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Part } from "./mutant.ts";

export interface Limits {
  /** How long one program may take, in milliseconds. */
  limitMs: number;
  /** Ends it before. */
  signal?: AbortSignal | undefined;
}

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
 * Runs the suite in a copy until its first failure: the engine's phases that are the same each time,
 * then the tests of the client and those by hand.
 *
 * @param part Where the defect is: the engine does without the client.
 */
export async function runSuite(
  copy: string,
  part: Part | undefined,
  limits: Limits,
): Promise<Outcome> {
  if (part !== "client") {
    const outcome = await runEngine(copy, limits);
    if (outcome.is !== "survived") return outcome;
  }
  return runTests(copy, limits);
}

async function runEngine(copy: string, limits: Limits): Promise<Outcome> {
  const program = join(copy, "packages/contract-tests/src/mutation/run-engine.ts");
  const { text, errors, isLate } = await run(copy, [program], limits);
  if (isLate) return { is: "timed out" };
  try {
    const { exchanges, failure } = JSON.parse(text) as { exchanges: number; failure?: string };
    return failure === undefined
      ? { is: "survived", tests: exchanges }
      : { is: "killed", by: failure };
  } catch {
    return { is: "broken", why: wordsOf(errors) };
  }
}

async function runTests(copy: string, limits: Limits): Promise<Outcome> {
  const file = join(copy, "report.json");
  await rm(file, { force: true });
  const options = ["--config", join(copy, "vitest.config.mjs"), "--reporter=json"];
  const { text, errors, isLate } = await run(
    copy,
    [vitest, "run", ...options, "--outputFile", file],
    limits,
  );
  if (isLate) return { is: "timed out" };
  const report = await readFile(file, "utf8").then(
    (json) => JSON.parse(json) as Report,
    () => undefined,
  );
  if (!report) return { is: "broken", why: wordsOf(text + errors) };
  for (const { assertionResults, status, message, name } of report.testResults) {
    const failed = assertionResults.find((result) => result.status === "failed");
    if (failed) return { is: "killed", by: failed.fullName.trim() };
    // A hook, or the reading of the contract, outside every test.
    if (status === "failed") {
      return { is: "killed", by: `${name.split("/").at(-1)}: ${wordsOf(message)}` };
    }
  }
  if (report.numPassedTests === 0) return { is: "broken", why: wordsOf(text + errors) };
  return { is: "survived", tests: report.numPassedTests };
}

interface Ended {
  text: string;
  errors: string;
  isLate: boolean;
}

function run(copy: string, args: string[], { limitMs, signal }: Limits): Promise<Ended> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        VITEST: undefined,
        NODE_ENV: undefined,
        // The same code is loaded for every mutant.
        NODE_COMPILE_CACHE: join(copy, "compile-cache"),
      },
      // So that what it has started ends with it.
      detached: true,
    });
    const ended: Ended = { text: "", errors: "", isLate: false };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (ended.text += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (ended.errors += part));
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    const timer = setTimeout(() => {
      ended.isLate = true;
      end();
    }, limitMs);
    signal?.addEventListener("abort", end);
    child.once("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve(ended);
    });
  });
}

/** The line that says what went wrong. */
function wordsOf(text: string): string {
  const lines = text.trim().split("\n");
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "").trim().slice(0, 200);
}
