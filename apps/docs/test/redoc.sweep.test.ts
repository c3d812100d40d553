import { contract } from "@partner-qualifications/spec/model";
import type { Page } from "@partner-qualifications/testing/browser";
import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { findViolations, loadAxe, openBrowser } from "./browser.ts";

vi.setConfig({ testTimeout: 180_000 });

const { operations } = contract;
const address = (id: string) => `/redoc/#operation/${id}`;
const headingOf = (page: Page, name: string) => page.getByRole("heading", { level: 2, name });
/** One with a choice of bodies, one that is retired, one with nested objects in its response. */
const shown = ["requestQualification", "setQualification", "getCustomer"];

test("opens every operation by its address, and links to its page", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  for (const { id, summary } of operations) {
    await page.goto("about:blank");
    await page.goto(docs.url + address(id));
    await headingOf(page, summary).waitFor();
    const link = page.locator(`main a[href$="/reference/${id}#sources"]`);
    await link.first().waitFor();
  }
  await page.goto("about:blank");
  await page.goto(docs.url + address("requestQualification"));
  await page.locator("main a[href$='/reference/requestQualification#sources']").first().click();
  await page.waitForURL(`${docs.url}/reference/requestQualification#sources`);
  await page.getByRole("heading", { level: 1, name: "Request a qualification" }).waitFor();
  expect(browser.complaints.list).toEqual([]);
});

test("lists the operations without JavaScript", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url, { javaScriptEnabled: false });
  const page = await browser.open();
  await page.goto(`${docs.url}/redoc/`);
  for (const { id, summary } of operations) {
    const link = page.locator(".redoc-list").getByRole("link", { name: summary, exact: true });
    await link.waitFor();
    expect(await link.getAttribute("href")).toBe(`/reference/${id}`);
  }
});

test.each(["redoc.js", "contract.json"])("reports a failure to load %s", async (file) => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open();
  await page.route(`**/${file}`, (route) => route.fulfill({ status: 503, body: "gone" }));
  await page.goto(`${docs.url}/redoc/`);
  await page.getByRole("alert").getByText("Redoc could not be loaded").waitFor();
  const names = await page.locator(".redoc-list").getByRole("link").allTextContents();
  expect(names).toEqual(operations.map(({ summary }) => summary));
});

test("has the colors of the site, also when the reader changes them", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.open({ colorScheme, viewport: { width: 1440, height: 900 } });
    await page.goto(docs.url + address("requestQualification"));
    await headingOf(page, "Request a qualification").waitFor();
    expect(await brightness(page)).toBe(colorScheme);
    await page.getByRole("switch").first().click();
    await expect.poll(() => brightness(page)).toBe(colorScheme === "dark" ? "light" : "dark");
    await page.close();
  }
});

test.each([
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
  { colorScheme: "dark", width: 1440 },
  { colorScheme: "light", width: 320 },
] as const)("axe finds nothing: $colorScheme, $width px", async ({ colorScheme, width }) => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url, {
    colorScheme,
    viewport: { width, height: 900 },
  });
  const page = await browser.open();
  await page.goto(`${docs.url}/redoc/`);
  for (const { id, summary } of operations.filter((one) => shown.includes(one.id))) {
    await page.evaluate((hash) => (location.hash = hash), `operation/${id}`);
    await headingOf(page, summary).waitFor();
    await loadAxe(page);
    // A control that is half below the header counts as too small.
    await page.evaluate(() => scrollTo(0, 0));
    expect.soft(await findViolations(page), id).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  expect(browser.complaints.list).toEqual([]);
});

/** Whether the text of the page is dark on light or light on dark. */
function brightness(page: Page): Promise<string> {
  return page.evaluate(() => {
    const text = getComputedStyle(document.querySelector(".redoc h2")!).color;
    const [red = 0] = (/\d+/.exec(text) ?? []).map(Number);
    return red < 128 ? "light" : "dark";
  });
}
