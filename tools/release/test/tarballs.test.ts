import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { pack, type Tarball } from "@partner-qualifications/testing/packed";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { checkTarball } from "../src/check-tarball.ts";
import { published, readManifest, root } from "../src/packages.ts";
import { outOfStep } from "../src/keep-in-step.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const tarballs = new Map<string, Tarball>();
beforeAll(async () => {
  const packed = await Promise.all(published.map((folder) => pack(root + folder)));
  for (const [index, folder] of published.entries()) tarballs.set(folder, packed[index]!);
  return () => Promise.all(packed.map((tarball) => tarball[Symbol.asyncDispose]()));
});

describe.each(published)("the tarball of %s", (folder) => {
  test("has the files, sizes and fields demanded by its rules", () => {
    expect(checkTarball(folder, tarballs.get(folder)!.bytes).problems).toEqual([]);
  });

  test("passes publint", async () => {
    const tarball = tarballs.get(folder)!.bytes.buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});

/** Entries without types. */
const data = /^NoResolution \S+\.(ya?ml|md) /;
/**
 * ES modules alone. TypeScript reports them for `require`, although Node 22 and newer load them, and its oldest way of
 * resolving (`node10`, deprecated) does not know the names of their entries.
 */
const esModules = ["spec", "packages/contract-suite"];
const typed = published.filter((folder) => readManifest(folder).types);
/** `test` checks the packages that most programs import; `test:full` checks all. */
const checked = process.env.SWEEPS ? typed : (["packages/client", "packages/mock"] as const);

test.each(checked)("%s has right types however it is resolved", async (folder) => {
  const result = await checkPackage(createPackageFromTarballData(tarballs.get(folder)!.bytes));
  if (!result.types) throw new Error("There are no types.");
  const problems = result.problems.map((problem) =>
    ["kind", "entrypoint", "resolutionKind", "resolutionOption"]
      .map((key) => problem[key as keyof typeof problem] ?? "")
      .join(" ")
      .trim(),
  );
  const allowed = esModules.includes(folder) ? /^CJSResolvesToESM .* node16-cjs$| node10$/ : data;
  expect(problems.filter((problem) => !allowed.test(problem) && !data.test(problem))).toEqual([]);
});

test("manifests and READMEs follow the root manifest", () => {
  expect([...outOfStep().keys()]).toEqual([]);
});

test("moves every file to another repository address", () => {
  const moved = outOfStep("https://git.example/team/project");
  expect([...moved.keys()]).toEqual(
    expect.arrayContaining([
      ...published.map((folder) => `${folder}/package.json`),
      "packages/client/README.md",
      ".github/CODEOWNERS",
    ]),
  );
  for (const [file, text] of moved) expect(text, file).not.toContain("OWNER");
});
