import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { startMock } from "@partner-qualifications/mock";
import { install, pack, type Tarball } from "@partner-qualifications/testing/packed";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
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

test("passes publint", async () => {
  const { messages, pkg } = await publint({ pack: { tarball: packed.bytes.buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("resolves its types in an ES module", async () => {
  const { types, problems = [] } = (await checkPackage(
    createPackageFromTarballData(packed.bytes),
  )) as { types: unknown; problems?: { resolutionKind?: string }[] };
  expect(types).toBeTruthy();
  // Like the command's profile `esm-only`: ignores `require` and TypeScript's oldest resolution.
  expect(problems.filter((one) => !/^node1(0|6-cjs)$/.test(one.resolutionKind ?? ""))).toEqual([]);
});

test("packs neither sources nor references to the workspace", () => {
  const files = createPackageFromTarballData(packed.bytes);
  const folder = "/node_modules/@partner-qualifications/contract-suite/";
  const names = files.listFiles().map((name) => name.replace(folder, ""));
  const published = /^(dist\/[\w/.-]+\.(js|d\.ts)|waivers\.yaml|package\.json|LICENSE|README\.md)$/;
  expect(names.filter((name) => !published.test(name))).toEqual([]);
  const manifest = files.readFile(`${folder}package.json`);
  expect(manifest).not.toMatch(/"(workspace|catalog):/);
});

test("runs the command and a program in an empty project", async () => {
  await using contract = await pack(join(root, "spec"));
  await using project = await install([packed, contract]);
  const command = join(project.directory, "node_modules/.bin/qualifications-contract");
  const run = (file: string, args: string[]) =>
    exec(file, args, { cwd: project.directory, maxBuffer: 2 ** 24 });
  expect((await run(command, ["--help"])).stdout).toContain("--base-url URL");

  await using mock = await startMock();
  const { stdout } = await run(command, ["--base-url", mock.url, "--phase", "examples"]);
  expect(stdout).toContain("Found the mock. Using its clock and faults");
  expect(stdout).toMatch(/All held: \d+ requests/);

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
