import { type ChildProcess, execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gapsOf, readContract, readWaivers, runSuite } from "@partner-qualifications/contract-suite";
import { startMock } from "@partner-qualifications/mock";

const root = new URL("../../../", import.meta.url);
const command = fileURLToPath(new URL("packages/contract-suite/dist/cli.js", root));
const mockCommand = fileURLToPath(new URL("packages/mock/dist/cli.js", root));
const runs = 20;
const secondsOfFuzz = 2;
const oddNumber = "--phase coverage --only 'coverage/listCustomers/query/size/5'";

/** The contract suite as its command shows it, a defect that it found, and its runs without a false alarm. */
export async function suite(directory: URL): Promise<void> {
  const text = [
    "# The contract suite",
    "Made by `pnpm showcase suite`.",
    "## The mock, with its clock and faults",
    await report(),
    "## What needs no proof",
    waivers(),
    "## A defect that it found",
    await defect(),
    "## No false alarm",
    await seeds(),
  ].join("\n\n");
  writeFileSync(new URL("contract-suite.md", directory), `${text}\n`);
}

async function report(): Promise<string> {
  await using mock = await startMock({ clock: "manual" });
  const shown = await contractCommand(["--base-url", mock.url, "--control", mock.url]);
  return fenced(`$ pnpm contract --base-url $MOCK --control $MOCK\n${shown}`, mock.url);
}

function waivers(): string {
  const rows = readWaivers().map(({ cells, reason }) => {
    const what = JSON.stringify(cells).replaceAll('"', "").slice(1, -1).replaceAll(",", ", ");
    return `| \`${what}\` | ${reason} |`;
  });
  return ["| statements | why |", "| --- | --- |", ...rows].join("\n");
}

/** Unmodified Prism still has the defect; in the mock, which uses Prism, it is fixed. */
async function defect(): Promise<string> {
  await using prism = await staticMock(5298);
  await using mock = await startMock({ clock: "manual" });
  const only = ["--phase", "coverage", "--only", "coverage/listCustomers/query/size/5"];
  const before = await contractCommand(["--base-url", prism.url, ...only]);
  const after = await contractCommand(["--base-url", mock.url, ...only]);
  return [
    "Prism takes whatever JavaScript makes a number of for a number: `?size=0x10` was a page of sixteen customers. The suite breaks each keyword of each parameter once, and this is the line that replays it. Prism alone (`pnpm mock --static`) still answers 200:",
    fenced(`$ pnpm contract --base-url $PRISM ${oddNumber}\n${short(before)}`, prism.url, "$PRISM"),
    "The mock, which checks with Prism, answered the same until its own reading of texts was put before it (`packages/mock/src/text-violations.ts`):",
    fenced(`$ pnpm contract --base-url $MOCK ${oddNumber}\n${short(after)}`, mock.url),
    "Found in the same way and fixed: empty parameters that passed for absent ones, an `Accept` that did not matter where 406 is documented, a filter of the contract's greatest length that was answered with 431, and with 500 once it was read.",
  ].join("\n\n");
}

/** What is wrong and how to see it again, without the tables. */
function short(shown: string): string {
  return shown
    .split("\n")
    .filter((line) => /^(\d+\. |\s+(again|curl)|All passed|\d+ failed)/.test(line))
    .join("\n");
}

async function seeds(): Promise<string> {
  const idle = await drawn();
  const busy = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", "for (;;);"]));
  const loaded = await drawn().finally(() => busy.forEach((one) => one.kill()));
  return [
    `Examples and coverage, which are the same each time, and ${runs} runs of fuzz (${secondsOfFuzz} s each) and of the walks from seeds of their own; all once more beside four processes that do nothing but use the processors.`,
    "",
    "| | requests | failures | gaps in the coverage | examples and coverage, s |",
    "| --- | --- | --- | --- | --- |",
    `| alone | ${idle.join(" | ")} |`,
    `| beside four busy processes | ${loaded.join(" | ")} |`,
  ].join("\n");
}

/** One run of what is the same each time, and the drawn phases from as many seeds as there are runs. */
async function drawn(): Promise<string[]> {
  const document: unknown = createRequire(import.meta.url)("../../../spec/dist/openapi.json");
  const contract = readContract(document);
  await using mock = await startMock({ clock: "manual" });
  const target = { baseUrl: mock.url, control: mock.url, timeoutMs: 60_000 };
  const given = { contract, target, waivers: readWaivers(), maxResponseTime: 30_000 };
  const fixed = await runSuite(given);
  let { sent } = fixed;
  let failures = fixed.failures.length;
  const time = secondsOfFuzz * 1000;
  for (let seed = 1; seed <= runs; seed++) {
    const free = await runSuite({ ...given, phases: ["fuzz", "stateful"], seed, time });
    sent += free.sent;
    failures += free.failures.length;
  }
  const { length: gaps } = gapsOf(fixed.matrix);
  const seconds = (fixed.took / 1000).toFixed(1);
  return [sent.toLocaleString("en"), String(failures), String(gaps), seconds];
}

function contractCommand(args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

/** Prism's own command, as the mock starts it. */
async function staticMock(port: number): Promise<AsyncDisposable & { url: string }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [mockCommand, "--static", "--port", String(port)],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill();
      await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}

function fenced(shown: string, url: string, name = "$MOCK"): string {
  return `\`\`\`text\n${shown.replaceAll(url, name).trim()}\n\`\`\``;
}
