// The root commands: `npx -y pnpm@12 <command>`. Plain JavaScript without dependencies, for Node 20 or
// newer, because it runs before anything is installed. Installs and builds what a command needs, then
// runs it.

import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import * as start from "../tools/start/src/options.mjs";

/**
 * @typedef {object} Command
 * @property {string} [package] The package whose dependencies are installed and built; without it, all are.
 * @property {string} [build] The package that is built, if another.
 * @property {() => Promise<boolean>} [check] Runs before the installation; false ends the command.
 * @property {boolean} [builds] False for a command that needs no build.
 * @property {string[]} [checks] Tasks of turbo that run beside the first program: processes that wait leave them time.
 * @property {string[]} [prepare] Runs before that; its output is its error.
 * @property {string[][]} run What runs then, one after the other; the arguments of the command go to the first.
 * @property {Record<string, string>} [env]
 */

const began = Date.now();
const [name = "", ...args] = process.argv.slice(2);
const scope = "@partner-qualifications";

/** Runs Stryker's mutants of client and mock, then the mutants of the contract. */
const stryker = "tools/mutation/node_modules/@stryker-mutator/core/bin/stryker.js";
const mutate = [
  ["node", stryker, "run", "tools/mutation/client.config.mjs"],
  ["node", stryker, "run", "tools/mutation/mock.config.mjs"],
  ["node", "tools/mutation/src/contract.ts"],
];

/** @type {Record<string, Command>} */
const commands = {
  start: {
    package: "start",
    check: checkStart,
    run: [["node", "tools/start/src/index.ts"]],
  },
  dev: { package: "start", check: checkStart, run: [["node", "tools/start/src/dev.ts"]] },
  test: {
    checks: ["lint", "typecheck"],
    prepare: ["node", "packages/testing/src/browser/prepare.ts"],
    run: [["vitest", "run"]],
  },
  "test:full": {
    checks: ["lint", "typecheck"],
    prepare: ["node", "packages/testing/src/browser/prepare.ts"],
    run: [["vitest", "run"], ...mutate],
    env: { SWEEPS: "1" },
  },
  mock: { package: "mock", run: [["node", "packages/mock/dist/cli.js"]] },
  demo: {
    package: "start",
    run: [["node", "--env-file-if-exists=apps/demo/.env", "apps/demo/host/server/main.ts"]],
  },
  contract: {
    package: "contract-suite",
    run: [["node", "packages/contract-suite/dist/cli.js"]],
  },
  fuzz: {
    run: [["vitest", "run", "phases/fuzz", "phases/stateful"]],
    env: { FUZZ_SECONDS: process.env.FUZZ_SECONDS ?? "300" },
  },
  mutate: { run: mutate },
  bench: { run: [["node", "tools/bench/src/index.ts"]] },
  build: { run: [] },
  format: { builds: false, run: [["node", "tools/release/src/keep-in-step.ts"], ["oxfmt"]] },
  changeset: { builds: false, run: [["node", "node_modules/@changesets/cli/bin.js"]] },
  release: { builds: false, run: [["node", "tools/release/src/release.ts"]] },
  showcase: { run: [["node", "tools/showcase/src/index.ts"]] },
};

async function checkStart() {
  const options = start.readOptions(args, process.env);
  if (options.prints === undefined) await start.probePorts(options.ports);
  else console.log(options.prints);
  return options.prints === undefined;
}

async function main() {
  const command = commands[name];
  if (!command)
    throw new Error(`${name} is not a command. There are: ${Object.keys(commands).join(", ")}.`);
  if (command.check && !(await command.check())) return 0;

  // A command started by another one, as in tests, finds everything built.
  const isPrepared = Boolean(process.env.BUILT);
  if (!isPrepared) await prepare(command);
  const checks = isPrepared ? undefined : runChecks(command.checks);
  let code = 0;
  for (const [index, line] of command.run.entries()) {
    code = await run(index === 0 ? [...line, ...args] : line, { BUILT: "1", ...command.env });
    if (code !== 0) break;
  }
  const problems = await checks;
  if (problems) console.error(`${problems}\nLinting or checking types failed.`);
  return problems ? 1 : code;
}

/**
 * Runs tasks one at a time with low priority, so that tests beside them don't time out.
 *
 * @param {string[]} [tasks]
 * @returns {Promise<string | undefined>} Their output if one fails.
 */
async function runChecks(tasks) {
  if (!tasks) return undefined;
  let output = "";
  const options = ["--concurrency=1", "--continue", "--output-logs=errors-only"];
  const code = await run(
    ["turbo", "run", ...tasks, ...options],
    {},
    (text) => (output += text),
    constants.priority.PRIORITY_BELOW_NORMAL,
  );
  return code === 0 ? undefined : output.trim();
}

/** @param {Command} command */
async function prepare(command) {
  const filter = command.package && `${scope}/${command.package}`;
  await step("Installing dependencies", [
    ...packageManager(),
    "install",
    "--loglevel=info",
    // The committed lockfile pins every package by its hash. Checking the age of each with the registry
    // takes as long as the downloads; the nightly run does it.
    ...(name === "test:full" ? [] : ["--config.trust-lockfile=true"]),
    // The root's own dependencies are Node and the tools that everything runs with. Test-only
    // dependencies, such as a browser, are not installed: only development dependencies lead to them.
    ...(filter ? ["--filter", "partner-qualifications", "--filter-prod", `${filter}...`] : []),
  ]);
  if (command.builds !== false)
    await step("Building", [
      "turbo",
      "run",
      "build",
      "--output-logs=errors-only",
      ...(filter ? [`--filter=${command.build ? `${scope}/${command.build}` : filter}...`] : []),
    ]);
  if (command.prepare) await step("Preparing the browser", command.prepare);
}

/** The pnpm that runs this script. */
function packageManager() {
  const pnpm = process.env.npm_execpath ?? "";
  if (!pnpm.includes("pnpm")) return ["npx", "-y", "pnpm@12"];
  return /\.[cm]?js$/.test(pnpm) ? [process.execPath, pnpm] : [pnpm];
}

/**
 * Runs a command quietly: prints its duration unless it was quick, and its output only if it fails.
 *
 * @param {string} title
 * @param {string[]} line
 */
async function step(title, line) {
  const started = Date.now();
  const seconds = () => `${title} … ${Math.round((Date.now() - started) / 1000)} s`;
  const { isTTY } = process.stderr;
  let shown = false;
  const timer = setInterval(() => {
    if (isTTY) process.stderr.write(`\r${seconds()}`);
    else if (!shown) process.stderr.write(`${title} …`);
    shown = true;
  }, 1000);
  let output = "";
  const code = await run(line, {}, (text) => (output += text));
  clearInterval(timer);
  if (shown)
    process.stderr.write(`${isTTY ? `\r${seconds()}` : seconds().slice(`${title} …`.length)}\n`);
  if (code === 0) return;
  // A single line explains itself; several need a title.
  const isLong = output.trim().includes("\n");
  throw new Error(isLong ? `${output.trim()}\n${title} failed.` : output.trim());
}

/**
 * @param {string[]} line
 * @param {Record<string, string>} [env]
 * @param {(text: string) => void} [keep] Receives the command's output; by default, the terminal does.
 * @param {number} [priority] The priority that the system gives it and its children.
 * @returns {Promise<number>} Its exit code.
 */
function run([command = "", ...options], env = {}, keep, priority = 0) {
  const child = spawn(command, options, {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { TURBO_TELEMETRY_DISABLED: "1", COMMAND_BEGAN: String(began), ...process.env, ...env },
    stdio: keep ? ["ignore", "pipe", "pipe"] : "inherit",
    shell: process.platform === "win32",
  });
  if (child.pid && priority !== 0) setPriority(child.pid, priority);
  for (const stream of keep ? [child.stdout, child.stderr] : []) {
    stream?.setEncoding("utf8").on("data", /** @type {(text: string) => void} */ (keep));
  }
  // A terminal sends Ctrl-C to the child too; a supervisor sends SIGTERM to this process only.
  const forward = () => child.kill("SIGTERM");
  process.on("SIGTERM", forward).on("SIGHUP", forward).on("SIGINT", waitForChild);
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && forward(), 500);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearInterval(watch);
      process.off("SIGTERM", forward).off("SIGHUP", forward).off("SIGINT", waitForChild);
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

function waitForChild() {}

main().then(
  (code) => (process.exitCode = code),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
