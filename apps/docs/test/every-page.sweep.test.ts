import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { findViolations, loadAxe, openBrowser, wake } from "./browser.ts";
import { addresses } from "./site.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

const pages = await addresses();
const looks = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
  { colorScheme: "dark", width: 1440 },
  { colorScheme: "light", width: 320 },
] as const;

test("passes axe on every page in every appearance, without requests to other hosts", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const violations: string[] = [];
  const waiting = [...pages];
  const walk = async () => {
    const page = await browser.open();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await page.goto(docs.url + path);
      await wake(page);
      await loadAxe(page);
      for (const { colorScheme, width } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const found = await findViolations(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${wide} px too wide`);
        violations.push(...found.map((one) => `${path} ${colorScheme} ${width}: ${one}`));
      }
    }
    await page.close();
  };
  await Promise.all([walk(), walk()]);
  expect(violations).toEqual([]);
  expect(browser.complaints.list).toEqual([]);
}, 600_000);

test("shows pages without JavaScript", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url, { javaScriptEnabled: false });
  const page = await browser.open();
  await page.goto(`${docs.url}/reference/requestQualification`);
  await page.getByRole("heading", { name: "Request a qualification" }).waitFor();
  await page.getByText("educationSegment").first().waitFor();
  await page.getByText("curl -i").first().waitFor();
  expect(await page.getByText("Try it", { exact: true }).isVisible()).toBe(false);
  await page.getByText("TypeScript", { exact: true }).click();
  await page.getByText("createQualificationsClient").first().waitFor();
  await page.goto(`${docs.url}/errors/20002`);
  await page.getByRole("heading", { name: "What to do" }).waitFor();
  await page.goto(`${docs.url}/no-such-page`);
  await page.getByText("Page not found").waitFor();
});
