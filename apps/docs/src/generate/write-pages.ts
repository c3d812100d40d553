import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { contract as bundled, type Contract } from "@partner-qualifications/spec/model";
import { readBackground, readWorkflows } from "../background.ts";
import {
  assumptionsPage,
  contradictionsPage,
  downloadPage,
  redocPage,
  referenceIndex,
  sourcesPage,
  testDataPage,
} from "./background-pages.ts";
import { errorPage, errorsIndex } from "./error-pages.ts";
import { operationPage } from "./operation-page.ts";
import { readVersions, versionPage, versionsIndex } from "./versions.ts";

const generated = new URL("../../pages/generated/", import.meta.url);

/** Every page that is made from the contract, by its place below the site. */
export async function generatedPages(contract: Contract = bundled): Promise<Map<string, string>> {
  const background = readBackground();
  const pages = new Map([
    ["assumptions.md", assumptionsPage(background)],
    ["contradictions.md", contradictionsPage(background)],
    ["sources.md", sourcesPage(background)],
    ["test-data.md", testDataPage()],
    ["download.md", downloadPage(readWorkflows())],
    ["reference/index.md", referenceIndex(contract)],
    ["redoc/index.md", redocPage(contract)],
    ["errors/index.md", errorsIndex(contract)],
  ]);
  const versions = readVersions();
  pages.set("openapi/index.md", versionsIndex(versions));
  for (const [index, version] of versions.entries()) {
    pages.set(`openapi/${version.version}/index.md`, versionPage(version, index === 0));
  }
  for (const operation of contract.operations) {
    const page = operationPage(operation, contract, background);
    pages.set(`reference/${operation.id}.md`, page);
  }
  for (const error of contract.errors) {
    pages.set(`errors/${error.code}.md`, await errorPage(error, contract));
  }
  return pages;
}

/** Writes every page that is made from the contract. A separate task, package-pages.ts, writes those of the packages. */
export async function generate(directory: URL = generated): Promise<void> {
  for (const folder of ["errors", "openapi", "redoc", "reference"]) {
    await rm(new URL(folder, directory), { recursive: true, force: true });
  }
  for (const [name, text] of await generatedPages()) {
    const file = fileURLToPath(new URL(name, directory));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  }
}

if (import.meta.main) await generate();
