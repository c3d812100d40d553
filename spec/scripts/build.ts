// Makes dist/: what other packages, and those who install this one, use.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
for (const format of ["json", "yaml"]) {
  execFileSync(
    "redocly",
    ["bundle", "openapi.yaml", "--config=redocly.yaml", `--output=dist/openapi.${format}`],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
  );
}
const errors: unknown = parse(readFileSync(new URL("errors.yaml", root), "utf8"));
writeFileSync(new URL("dist/errors.json", root), `${JSON.stringify(errors, null, 2)}\n`);
// They name the contract as ../openapi.yaml, which holds beside the bundle as well.
cpSync(new URL("workflows/", root), new URL("dist/workflows/", root), { recursive: true });
