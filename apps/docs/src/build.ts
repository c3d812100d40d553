// Builds dist/: the pages made from the contract, then the whole site. Those of the packages are
// there already (generate/package-pages.ts).

import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { contract } from "@partner-qualifications/spec/model";
import { build } from "vitepress";
import { parse } from "yaml";
import { documentFile, workflowDirectory } from "./background.ts";
import { brunoCollection, postmanCollection } from "./generate/collections.ts";
import { changelogFeed, readVersions } from "./generate/versions.ts";
import { generate } from "./generate/write-pages.ts";
import { writeRedoc } from "./redoc/index.ts";

const root = new URL("../", import.meta.url);
const dist = new URL("dist/", root);
const released = new URL("../../spec/released/", root);

await generate();
await build(fileURLToPath(root));
await writeFiles();

/** Everything beside the pages. */
async function writeFiles(): Promise<void> {
  for (const ending of [".json", ".yaml", "-3.0.json", "-3.0.yaml"]) {
    await cp(documentFile.replace(".json", ending), new URL(`openapi${ending}`, dist));
  }
  await cp(workflowDirectory, new URL("workflows/", dist), { recursive: true });
  await writeRedoc(new URL("redoc/", dist));
  await write("collections/qualifications.postman.json", postmanCollection(contract));
  await write("collections/qualifications.bruno.json", brunoCollection(contract));
  const versions = readVersions();
  await writeFile(new URL("changelog.xml", dist), changelogFeed(versions));
  for (const { version } of versions) {
    const isLatest = version === contract.version;
    const source = isLatest ? "openapi.yaml" : `versions/${version}.yaml`;
    const yaml = await readFile(new URL(source, released), "utf8");
    for (const name of isLatest ? [version, "latest"] : [version]) {
      await write(`openapi/${name}/openapi.json`, parse(yaml));
      await writeFile(new URL(`openapi/${name}/openapi.yaml`, dist), yaml);
    }
  }
}

async function write(path: string, content: unknown): Promise<void> {
  const file = new URL(path, dist);
  await mkdir(new URL("./", file), { recursive: true });
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
