// Makes dist/: what other packages, and those who install this one, use.

import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
await Promise.all(
  ["json", "yaml"].map((format) =>
    promisify(execFile)(
      "redocly",
      ["bundle", "openapi.yaml", "--config=redocly.yaml", `--output=dist/openapi.${format}`],
      { cwd: root },
    ).catch((error: { stderr: string }) => {
      console.error(error.stderr);
      process.exit(1);
    }),
  ),
);
const errors: unknown = parse(readFileSync(new URL("errors.yaml", root), "utf8"));
writeFileSync(new URL("dist/errors.json", root), `${JSON.stringify(errors, null, 2)}\n`);
// They name the contract as ../openapi.yaml, which holds beside the bundle as well.
cpSync(new URL("workflows/", root), new URL("dist/workflows/", root), { recursive: true });
