import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { contract as bundled, type Contract } from "@partner-qualifications/spec/model";
import { readBackground, readWorkflows } from "../background.ts";
import {
  assumptionsPage,
  contradictionsPage,
  downloadPage,
  referenceIndex,
  sourcesPage,
  testDataPage,
} from "./background-pages.ts";
import { errorPage, errorsIndex } from "./error-pages.ts";
import { operationPage } from "./operation-page.ts";

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
    ["errors/index.md", errorsIndex(contract)],
  ]);
  for (const operation of contract.operations) {
    const page = operationPage(operation, contract, background);
    pages.set(`reference/${operation.id}.md`, page);
  }
  for (const error of contract.errors) {
    pages.set(`errors/${error.code}.md`, await errorPage(error, contract));
  }
  return pages;
}

/** Writes them, and takes away what was there before. */
export async function writePages(directory: URL): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  for (const [name, text] of await generatedPages()) {
    const file = fileURLToPath(new URL(name, directory));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  }
}
