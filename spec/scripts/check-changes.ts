// Compares the contract with the last release, prints the changes, and fails for a breaking change
// without a new major version.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
const major = (file: string) => {
  const { info } = parse(readFileSync(new URL(file, root), "utf8")) as {
    info: { version: string };
  };
  return info.version.split(".")[0];
};

console.log("Changes since the release (components that the bundle itself adds are not changes):");
const mayBreak = major("openapi.yaml") !== major("released/openapi.yaml");
const { status } = spawnSync(
  "redocly",
  [
    "diff",
    "released/openapi.yaml",
    "openapi.yaml",
    "--config=redocly.diff.yaml",
    `--fail-on=${mayBreak ? "none" : "major"}`,
  ],
  { cwd: root, stdio: "inherit" },
);
if (status !== 0) {
  console.error(
    "A change breaks callers of the released contract: increase the major version of info.version.",
  );
}
process.exit(status ?? 1);
