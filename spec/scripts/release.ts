// Stores the built contract as the release that later changes are compared with.

import { copyFileSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");
const { version } = (parse(read("openapi.yaml")) as { info: { version: string } }).info;
const own = (JSON.parse(read("package.json")) as { version: string }).version;
if (own !== version) throw new Error(`package.json has ${own}, the contract ${version}`);
if (!read("CHANGELOG.md").includes(`## ${version}`)) {
  throw new Error(`CHANGELOG.md has no entry for ${version}`);
}
copyFileSync(new URL("dist/openapi.yaml", root), new URL("released/openapi.yaml", root));
console.log(`Released ${version}`);
