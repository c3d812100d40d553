import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const program = join(import.meta.dirname, "../src/index.ts");

test.each([
  [["clent"], "clent is not a part. Did you mean client?"],
  [["everything"], "everything is not a part. The parts are client, mock, docs, load, portfolio."],
  [["--round", "5"], "--round is not an option. Did you mean --rounds?"],
  [["--rounds", "many"], "--rounds many is not a whole number above 0."],
])("rejects %j before installing the peers", (args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { ...process.env, PATH: "" },
  });
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: `${message}\n` });
});
