// Checks the types of every package in one process, which takes a third of the time of a process for each.

import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const projects = globSync([
  "{scripts,spec}/tsconfig.json",
  "{apps,packages,tools}/*/{,src/*/}tsconfig.json",
]);
const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
const { status } = spawnSync(
  process.execPath,
  [compiler, "--build", "--noEmit", ...projects.map(dirname)],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
