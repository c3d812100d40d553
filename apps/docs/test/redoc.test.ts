import { createRequire } from "node:module";
import { launchBrowser } from "@partner-qualifications/test-browser";
import { expect, test } from "vitest";
import { startDocs } from "../src/server.ts";

const contract = createRequire(import.meta.url)("@partner-qualifications/spec/openapi.json") as {
  paths: Record<string, Record<string, { tags?: [string]; summary?: string }>>;
};
const operations = Object.values(contract.paths)
  .flatMap((path) => Object.values(path))
  .flatMap(({ tags, summary }) => (tags && summary ? [[tags[0], summary] as const] : []));

test("the Redoc page shows every operation and asks no other host for anything", async () => {
  await using docs = await startDocs();
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  const problems: string[] = [];
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(docs.url)) {
      elsewhere.push(request.url());
    }
  });
  page.on("pageerror", (error) => problems.push(error.message));

  await page.goto(docs.url);
  for (const [tag, summary] of operations) {
    // Redoc renders an operation when it comes into view; the menu brings it there.
    const entry = page.getByText(summary, { exact: true }).first();
    if (!(await entry.isVisible())) await page.getByText(tag, { exact: true }).first().click();
    await entry.click();
    await page.getByRole("heading", { name: summary }).first().waitFor();
  }
  expect(elsewhere).toEqual([]);
  expect(problems).toEqual([]);
});

test("the contract can be downloaded beside the page", async () => {
  await using docs = await startDocs();
  const json = await fetch(`${docs.url}/openapi.json`);
  expect(await json.json()).toHaveProperty("openapi", "3.1.0");
  expect(await (await fetch(`${docs.url}/openapi.yaml`)).text()).toMatch(/^openapi: 3\.1\.0/);
});
