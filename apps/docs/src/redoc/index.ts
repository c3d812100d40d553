import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { contract, document } from "@partner-qualifications/spec/model";
import { transformSync } from "esbuild";
import { patchBundle } from "./bundle.ts";
import { forRedoc } from "./contract.ts";
import { shell } from "./shell.ts";

const require = createRequire(import.meta.url);
const read = (module: string) => readFileSync(require.resolve(module), "utf8");
const compile = (file: string) =>
  transformSync(readFileSync(new URL(`page/${file}`, import.meta.url), "utf8"), {
    loader: file.endsWith(".css") ? "css" : "ts",
    target: "es2022",
    minify: true,
  }).code;

/**
 * Writes the interactive reference: Redoc over the contract, behind a page that can be read before
 * Redoc is there, and without it. Every address in it is relative, so that it works below any path;
 * the operations' own pages are expected at `../reference/<operationId>`, the site at `../` and the
 * contract at `../openapi.json` and `../openapi.yaml`.
 *
 * @param directory Where to, with a slash at the end; it is made when it is not there.
 * @throws {Error} When Redoc's bundle is not the one that the replacements were written for.
 */
export async function writeRedoc(directory: URL): Promise<void> {
  const { script, treeIcons } = patchBundle(read("@redocly/cli/lib/chunks/redoc.standalone.js"));
  const files = {
    "index.html": shell(contract),
    "style.css": compile("style.css"),
    "theme.js": compile("theme.ts"),
    "load.js": compile("load.ts"),
    "redoc.js": script,
    "tree-icons.woff": treeIcons,
    "contract.json": JSON.stringify(forRedoc(document)),
  };
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(new URL(name, directory), content);
  }
}
