// Builds dist/: the pages made from the contract and from the packages, then the whole site.

import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { documentFile, workflowDirectory } from "./background.ts";
import { generate } from "./generate/index.ts";
import { writeRedoc } from "./redoc/index.ts";

const root = new URL("../", import.meta.url);
const dist = new URL("dist/", root);

await generate();
await build(fileURLToPath(root));
for (const ending of [".json", ".yaml", "-3.0.json", "-3.0.yaml"]) {
  await cp(documentFile.replace(".json", ending), new URL(`openapi${ending}`, dist));
}
await cp(workflowDirectory, new URL("workflows/", dist), { recursive: true });
await writeRedoc(new URL("redoc/", dist));
