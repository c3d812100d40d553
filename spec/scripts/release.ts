// Stores the built contract as the release that later changes are compared with, and the release before it in
// released/versions, from which the docs publish every version.

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");
const versionOf = (file: string) =>
  (parse(read(file)) as { info: { version: string } }).info.version;
const version = versionOf("openapi.yaml");
const before = versionOf("released/openapi.yaml");
const own = (JSON.parse(read("package.json")) as { version: string }).version;
if (own !== version) throw new Error(`package.json has ${own}, the contract ${version}`);
if (!read("CHANGELOG.md").includes(`## ${version}`)) {
  throw new Error(`CHANGELOG.md has no entry for ${version}`);
}
if (before !== version) {
  mkdirSync(new URL("released/versions/", root), { recursive: true });
  copyFileSync(
    new URL("released/openapi.yaml", root),
    new URL(`released/versions/${before}.yaml`, root),
  );
}
copyFileSync(new URL("dist/openapi.yaml", root), new URL("released/openapi.yaml", root));
console.log(`Released ${version}`);
