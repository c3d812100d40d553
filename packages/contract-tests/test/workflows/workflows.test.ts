import { readdir } from "node:fs/promises";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { workflows } from "./respect.ts";
import { letDaysPass, runWorkflow } from "./run-workflow.ts";
import { runs } from "./runs.ts";

test("runs every workflow", async () => {
  const files = await readdir(workflows);
  expect(files.toSorted()).toEqual(Object.keys(runs).map((name) => `${name}.arazzo.yaml`));
});

// `test` runs the first one, the sweeps run all.
const sample = Object.entries(runs).slice(...(process.env.SWEEPS ? [] : [1, 2]));

test.concurrent.each(sample)("runs the workflow %s to its end", async (name, run) => {
  await using mock = await startMock({
    clock: "manual",
    log: (exchange) => letDaysPass(mock, exchange),
  });
  expect(await runWorkflow(name, run, mock)).toEqual(run.attempts);
});
