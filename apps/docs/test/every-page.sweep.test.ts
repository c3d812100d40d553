import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { findViolations, loadAxe, openBrowser, wake } from "./browser.ts";
import { addresses, readPage } from "./site.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

const pages = await addresses();
const looks = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
  { colorScheme: "dark", width: 1440 },
  { colorScheme: "light", width: 320 },
] as const;

/** One page of each kind. The others differ in their words only. */
const kinds = [
  "/",
  "/start",
  "/guides/asynchronous-flow",
  "/reference/",
  "/reference/requestQualification",
  "/errors/",
  "/errors/20002",
  "/contradictions",
  "/sources",
  "/test-data",
  "/packages/client",
];
/** Long pages of links and tables, which take axe the longest. */
const lists = new Set([
  "/reference/",
  "/errors/",
  "/contradictions",
  "/sources",
  "/packages/client",
]);
/** With SWEEPS set, every page in every look; without, six kinds of page, which take turns in the looks. */
const sweeps = Boolean(process.env.SWEEPS);
const visited = sweeps ? pages : kinds.filter((path) => !lists.has(path));

test("every page can be used by everybody, keeps its policy and asks no other host", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const violations: string[] = [];
  const waiting = [...visited];
  expect(pages).toEqual(expect.arrayContaining(kinds));
  const walk = async () => {
    const page = await browser.open();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      await page.goto(docs.url + path);
      await wake(page);
      await loadAxe(page);
      const turn = visited.indexOf(path) % looks.length;
      for (const { colorScheme, width } of sweeps ? looks : looks.slice(turn, turn + 1)) {
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

test("no page has a style attribute, an event attribute or a loose policy", async () => {
  for (const path of [...pages, "/404"]) {
    const html = await readPage(path);
    const [, policy = ""] =
      /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? [];
    expect(policy).toMatch(/^default-src 'self'; /);
    expect(policy).not.toMatch(/unsafe|\*(?!;|$| )(?!:)|https?:\/\/(?!127\.0\.0\.1|localhost)/);
    expect(html).not.toMatch(/<[a-z][^<>]*\s(?:style|on[a-z]+)=/);
    expect(html.match(/<script(?![^>]*src=)/g)?.length ?? 0).toBeLessThanOrEqual(2);
  }
});

test("the pages can be read without JavaScript", async () => {
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
  await page.getByText("There is no such page").waitFor();
});
