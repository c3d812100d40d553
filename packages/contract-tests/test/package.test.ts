import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { install, pack, type Tarball } from "@partner-qualifications/testing/packed";
import { beforeAll, expect, test, vi } from "vitest";
import { fewPaths, partOf } from "./phases/against-mock.ts";

// The suite as published.

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const exec = promisify(execFile);
const root = join(import.meta.dirname, "../../..");

let packed: Tarball;
beforeAll(async () => {
  packed = await pack(join(root, "packages/contract-suite"));
  return () => packed[Symbol.asyncDispose]();
}, 120_000);

test("runs the command and a program of an empty project", async () => {
  await using contract = await pack(join(root, "spec"));
  await using project = await install([packed, contract]);
  const command = join(project.directory, "node_modules/.bin/qualifications-contract");
  const run = (file: string, args: string[]) =>
    exec(file, args, { cwd: project.directory, maxBuffer: 2 ** 24 });
  expect((await run(command, ["--help"])).stdout).toContain("--base-url URL");

  await using mock = await startMock();
  const { stdout } = await run(command, ["--base-url", mock.url, "--phase", "examples"]);
  expect(stdout).toContain("Found the mock. Using its clock and faults");
  expect(stdout).toMatch(/All passed: \d+ requests/);

  await project.write("few.json", partOf(...fewPaths));
  await project.write(
    "program.js",
    `import { readFileSync } from "node:fs";
    import { readContract, readWaivers, runSuite } from "@partner-qualifications/contract-suite";
    const contract = readContract(JSON.parse(readFileSync("few.json", "utf8")));
    const target = { baseUrl: process.argv[2] };
    const { failures, sent } = await runSuite({ contract, target, phases: ["examples"] });
    console.log(failures.length, sent > 5, readWaivers().length > 0);`,
  );
  expect((await run(process.execPath, ["program.js", mock.url])).stdout).toBe("0 true true\n");
});
