import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { workflows } from "../src/workflows/respect.ts";
import { runWorkflow } from "../src/workflows/run-workflow.ts";
import { runs } from "../src/workflows/runs.ts";

test("every workflow is run here", async () => {
  const files = await readdir(workflows);
  expect(files.toSorted()).toEqual(Object.keys(runs).map((name) => `${name}.arazzo.yaml`));
});

test.concurrent.each(Object.entries(runs))("the workflow %s runs to its end", async (name, run) => {
  expect(await runWorkflow(name, run)).toEqual(run.attempts);
});
