import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { document } from "@partner-qualifications/spec/model";
import { patchBundle } from "./bundle.ts";
import { forRedoc } from "./contract.ts";

const bundle = createRequire(import.meta.url).resolve(
  "@redocly/cli/lib/chunks/redoc.standalone.js",
);

/**
 * Writes what the page of Redoc loads (`RedocPage.vue`): its script, its font and the contract.
 *
 * @param directory The folder of that page, with a slash at the end.
 * @throws {Error} When Redoc's bundle is not the one that the replacements were written for.
 */
export async function writeRedoc(directory: URL): Promise<void> {
  const { script, treeIcons } = patchBundle(readFileSync(bundle, "utf8"));
  mkdirSync(directory, { recursive: true });
  writeFileSync(new URL("redoc.js", directory), script);
  writeFileSync(new URL("tree-icons.woff", directory), treeIcons);
  writeFileSync(new URL("contract.json", directory), JSON.stringify(forRedoc(document)));
}
