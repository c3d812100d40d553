// Creates dist/, which other packages and users of this package import.

import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { Converter } from "@apiture/openapi-down-convert";
import openapiTS, { astToString } from "openapi-typescript";
import { parse, stringify } from "yaml";

const root = new URL("../", import.meta.url);
const dist = new URL("dist/", root);

/** Runs the Redocly command. A reported problem fails the build. */
async function redocly(...args: string[]): Promise<void> {
  await promisify(execFile)("redocly", args, { cwd: root }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      console.error(stdout + stderr);
      process.exit(1);
    },
  );
}

await Promise.all(
  ["json", "yaml"].map((format) =>
    redocly("bundle", "openapi.yaml", "--config=redocly.yaml", `--output=dist/openapi.${format}`),
  ),
);

// For tools that do not follow references.
const dereferenced = "dist/openapi-dereferenced.json";
await redocly("bundle", "dist/openapi.json", "--dereferenced", `--output=${dereferenced}`);
writeFileSync(
  new URL("openapi-dereferenced.yaml", dist),
  stringify(JSON.parse(readFileSync(new URL(dereferenced, root), "utf8")), {
    aliasDuplicateObjects: false,
  }),
);

// For tools limited to OpenAPI 3.0. The converter does not convert 3.1 features outside schemas.
const contract = JSON.parse(readFileSync(new URL("openapi.json", dist), "utf8")) as object;
writeFileSync(
  new URL("types.d.ts", dist),
  astToString(await openapiTS(structuredClone(contract) as never)),
);
const converter = new Converter(contract, { allOfTransform: true });
const { jsonSchemaDialect: _, ...older } = converter.convert() as Record<string, object>;
const { summary: __, ...info } = older.info as Record<string, unknown>;
older.info = { ...info, license: { name: "MIT", url: "https://opensource.org/license/mit" } };
writeFileSync(new URL("openapi-3.0.json", dist), `${JSON.stringify(older, null, 2)}\n`);
writeFileSync(
  new URL("openapi-3.0.yaml", dist),
  stringify(older, { aliasDuplicateObjects: false }),
);
await redocly("lint", "dist/openapi-3.0.json", "--config=redocly.older.yaml");

const errors: unknown = parse(readFileSync(new URL("errors.yaml", root), "utf8"));
writeFileSync(new URL("errors.json", dist), `${JSON.stringify(errors, null, 2)}\n`);
// They refer to the contract as ../openapi.yaml, which is valid beside the bundle too.
cpSync(new URL("workflows/", root), new URL("workflows/", dist), { recursive: true });
