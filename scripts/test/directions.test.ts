import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const oxlint = join(root, "node_modules/oxlint/bin/oxlint");

/** Lints files in a separate workspace and returns the output. */
async function lint(files: Record<string, string>): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "directions-"));
  onTestFinished(() => rm(copy, { recursive: true }));
  await mkdir(join(copy, "scripts"));
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const name of ["oxlint.config.ts", "scripts/directions.ts", "apps/docs/cspell.json"]) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    await copyFile(join(root, name), join(copy, name));
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    await writeFile(join(copy, name), text);
  }
  const args = [oxlint, "-f", "unix", ...Object.keys(files)];
  return promisify(execFile)(process.execPath, args, { cwd: copy }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

const scope = "@partner-qualifications";
/** Files, each with an import that it must not have. */
const forbidden: readonly (readonly [string, string])[] = [
  ["packages/client/src/planted.ts", `${scope}/mock`],
  ["packages/client/src/planted.ts", `${scope}/spec/model`],
  ["packages/client/src/planted.ts", `${scope}/credentials`],
  ["packages/client/test/planted.ts", `${scope}/mock`],
  ["packages/client/src/planted.ts", "../../mock/src/index.ts"],
  ["packages/credentials/src/planted.ts", `${scope}/mock`],
  ["packages/credentials/src/store/planted.ts", `${scope}/testing/entra`],
  ["packages/mock/src/http/planted.ts", `${scope}/client`],
  ["packages/mock/src/planted.ts", `${scope}/testing/packed`],
  ["packages/contract-suite/src/planted.ts", `${scope}/mock`],
  ["packages/contract-suite/src/planted.ts", `${scope}/client`],
  ["packages/contract-suite/src/schema-cases/planted.ts", "../exchange/planted.ts"],
  ["packages/contract-suite/src/checks/planted.ts", "../phases/planted.ts"],
  ["packages/contract-tests/test/planted.ts", `${scope}/demo`],
  ["packages/testing/src/planted.ts", `${scope}/client`],
  ["packages/command-options/src/planted.ts", `${scope}/spec`],
  ["spec/model/planted.ts", `${scope}/client`],
  ["packages/client/src/answers/planted.ts", "../vetting/planted.ts"],
  ["packages/client/src/vetting/planted.ts", "../resources/planted.ts"],
  ["packages/client/src/pipeline/planted.ts", "../options.ts"],
  ["packages/client/src/options.ts", "./client.ts"],
  ["packages/client/src/node/planted.ts", "../index.ts"],
  ["packages/credentials/src/store/planted.ts", "../token/planted.ts"],
  ["packages/mock/src/faults/planted.ts", "../gateway/planted.ts"],
  ["packages/mock/src/simulator/planted.ts", "../world/planted.ts"],
  ["packages/mock/src/handle.ts", "./start-mock.ts"],
  ["apps/cli/src/store/planted.ts", "../work/planted.ts"],
  ["apps/demo/src/server/planted.ts", `${scope}/mock`],
  ["apps/demo/src/server/planted.ts", "../browser/api.ts"],
  ["apps/demo/src/browser/planted.ts", "../server/live.ts"],
  ["apps/demo/src/shared/planted.ts", "../server/live.ts"],
  ["apps/demo/src/browser/planted.ts", "../../host/browser/App.tsx"],
  ["apps/demo/src/server/planted.ts", "../../showroom/server/index.ts"],
  ["apps/docs/src/planted.ts", `${scope}/demo`],
  ["apps/docs/test/planted.ts", `${scope}/start`],
];

test("reports each import against a direction", async () => {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const [index, [file, target]] of forbidden.entries()) {
    const name = file.replace("planted", `planted-${index}`);
    if (name in files) throw new Error(`${name} is planted twice.`);
    files[name] = `export type { Planted } from "${target}";\n`;
    expected.push(`${name}:1:1: '${target}' import is restricted`);
  }
  const output = await lint({ ...files, "tools/start/src/index.ts": "" });
  const missed = expected.filter((line) => !output.includes(line));
  expect(missed).toEqual([]);
});

test("accepts the imports of the intended design", async () => {
  const output = await lint({
    "packages/credentials/src/a.ts": `export type { Client } from "${scope}/client";\n`,
    "packages/client/test/a.ts": `export * from "${scope}/testing/packed";\n`,
    "apps/demo/test/a.ts": `export * from "${scope}/demo";\nexport * from "${scope}/mock";\n`,
    "apps/demo/src/server/a.ts": `export * from "../shared/b.ts";\n`,
    "tools/showcase/src/a.ts": `export * from "${scope}/docs";\n`,
  });
  expect(output).toBe("");
});

test("reports a cycle of type imports", async () => {
  const output = await lint({
    "spec/model/a.ts": `import type { B } from "./b.ts";\nexport interface A {\n  b: B;\n}\n`,
    "spec/model/b.ts": `import type { A } from "./a.ts";\nexport interface B {\n  a: A;\n}\n`,
  });
  expect(output).toContain("Dependency cycle detected");
});

test("reports a package missing from the table", async () => {
  const output = await lint({ "packages/new/src/index.ts": "" });
  expect(output).toContain("packages/new is not in scripts/directions.ts. Add what it imports.");
});

test("reports a folder missing from the table", async () => {
  const output = await lint({ "apps/demo/src/new/index.ts": "" });
  expect(output).toContain("apps/demo/src/new is not in scripts/directions.ts. Add its place.");
});
