import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vitepress";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { openBrowser } from "./browser.ts";
import { addresses, dist, readPage } from "./site.ts";

const base = "/partner-qualifications/";

test("serves the site below a path, as on GitHub Pages", async () => {
  const outDir = await mkdtemp(join(tmpdir(), "docs-"));
  const directory = pathToFileURL(`${outDir}/`);
  try {
    vi.stubEnv("DOCS_BASE", base);
    await build(fileURLToPath(new URL("../", import.meta.url)), { outDir });
    // These know nothing of where they stand.
    for (const name of ["redoc/redoc.js", "redoc/contract.json", "openapi.yaml", "openapi.json"]) {
      await cp(new URL(name, dist), new URL(name, directory));
    }
    for (const path of await addresses(directory)) {
      const html = await readPage(path, directory);
      expect(html.match(/(?:href|src)="\/(?!partner-qualifications\/)[^"]*"/g), path).toBeNull();
    }

    await using docs = await startDocs({ base, directory });
    await using browser = await openBrowser(docs.url);
    const page = await browser.open();
    await page.goto(`${docs.url}${base}`);
    await page.getByRole("link", { name: "Reference" }).first().click();
    await page.waitForURL(`${docs.url}${base}reference/`);
    await page.getByRole("link", { name: "Request a qualification" }).first().click();
    await page.waitForURL(`${docs.url}${base}reference/requestQualification`);
    await page.getByRole("link", { name: "View in Redoc" }).click();
    await page.waitForURL(`${docs.url}${base}redoc/#**`);
    await page.getByRole("heading", { level: 2, name: "Request a qualification" }).waitFor();
    await page.goto(`${docs.url}${base}errors/20002`);
    await page.getByRole("heading", { name: "What to do" }).waitFor();
    expect(browser.complaints.list).toEqual([]);
    await page.goto(`${docs.url}${base}errors/99999`);
    await page.getByRole("heading", { name: "No page for error 99999" }).waitFor();
  } finally {
    vi.unstubAllEnvs();
    await rm(outDir, { recursive: true });
  }
}, 240_000);
