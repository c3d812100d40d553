import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import type { AxeResults } from "axe-core";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { moveMock, open, patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });

const school = "22222222-2222-3333-4444-555555555555";
const strangers = "00000000-0000-4000-8000-000000000403";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let mock: RemoteMock;
let browser: Browser;

beforeAll(async () => {
  browser = await connectBrowser();
  return () => browser.close();
});
beforeAll(async () => {
  mock = await startRemoteMock();
  return () => mock[Symbol.asyncDispose]();
});
beforeEach(() => mock.begin());

const start = () => startDemo({ baseUrl: mock.url, credential: () => "any-token" });
const status = (page: Page, name: string) =>
  page.locator(".qualifications .status", { hasText: name });
const radio = (page: Page, name: RegExp) => page.getByRole("radio", { name });

/** Each screen, and how one comes to it from the one before. */
const screens: [name: string, show: (page: Page, url: string) => Promise<unknown>][] = [
  ["customers", (page) => page.getByRole("link", { name: /^Contoso College/ }).waitFor()],
  ["a wrong id", wrongId],
  ["a customer without qualifications", withoutQualifications],
  ["a web site with a scheme", wrongWebsite],
  ["in review, with the wire open", inReview],
  ["not allowed", (page) => radio(page, /^Government/).check()],
  ["denied", denied],
  ["followed vettings", followed],
  ["validation codes", validationCodes],
  ["an error, with its support bundle", supportBundle],
];

async function wrongId(page: Page) {
  await page.getByLabel("Beginning of the name").fill("11111111-2222-3333");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("That is not a tenant id.").waitFor();
}
async function withoutQualifications(page: Page, url: string) {
  await page.goto(`${url}/customers/${school}`);
  await page.getByText("None yet.").waitFor();
}
async function wrongWebsite(page: Page) {
  await page.getByLabel("Web site").fill("https://example.edu/");
  await page.getByRole("button", { name: "Ask for Education" }).click();
  await page.getByText("Write the name of the host alone: example.edu.").waitFor();
}
async function inReview(page: Page) {
  await page.getByLabel("Web site").fill("example.edu");
  await page.getByRole("button", { name: "Ask for Education" }).click();
  await status(page, "In review").waitFor();
  await page.locator(".wire summary").first().click();
}
async function denied(page: Page) {
  const outcome = page.getByLabel("Education comes to");
  await moveMock(page, () => outcome.selectOption("Denied: Not an eligible Library"));
  await moveMock(page, () => page.getByRole("button", { name: "Plus one day" }).click());
  await mock.advance("P6D");
  await status(page, "Denied").waitFor();
}
async function followed(page: Page) {
  await page.getByRole("link", { name: "All customers" }).click();
  await page.getByRole("heading", { name: "Vettings" }).waitFor();
}
async function validationCodes(page: Page, url: string) {
  await page.goto(`${url}/customers/33333333-2222-3333-4444-555555555555`);
  await radio(page, /^Government/).check();
  await page.getByRole("combobox", { name: "Validation code" }).waitFor();
}
async function supportBundle(page: Page, url: string) {
  await page.goto(`${url}/customers/${strangers}`);
  await page.getByText("Partner Center does not allow this.").waitFor();
  await page.locator("summary", { hasText: "Support bundle" }).click();
}

test("axe finds nothing on any screen, in light and in dark", async () => {
  await using demo = await start();
  await using opened = await open(browser, demo.url);
  const { page, problems } = opened;
  // Evaluated, since the page's own policy would not let another script in.
  await page.context().addInitScript(axe);
  await page.reload();
  for (const [at, [name, show]] of screens.entries()) {
    await show(page, demo.url);
    // `test` looks at every second screen, and at every fourth in the dark.
    if (!process.env.SWEEPS && at % 2 > 0) continue;
    expect(await violations(page, "axe.run()"), name).toEqual([]);
    // In the dark nothing but the colours is different.
    if (!process.env.SWEEPS && at % 4 > 0) continue;
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, `axe.run(${JSON.stringify(colours)})`), name).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  }
  expect(problems).toEqual([]);
});

const colours = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

async function violations(page: Page, run: string): Promise<string[]> {
  const results = (await page.evaluate(run)) as AxeResults;
  expect(results.passes.length).toBeGreaterThan(0);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}

test("no screen is wider than a phone", async () => {
  await using demo = await start();
  const phone = { viewport: { width: 320, height: 640 } };
  await using opened = await open(browser, demo.url, phone);
  for (const [name, show] of screens) {
    await show(opened.page, demo.url);
    const width = await opened.page.evaluate("document.documentElement.scrollWidth");
    expect(width, name).toBe(320);
  }
});

test("the story needs no mouse, and what has the focus is seen", async () => {
  await using demo = await start();
  await using opened = await open(browser, demo.url);
  const { page } = opened;
  const { keyboard } = page;
  await page.getByRole("link", { name: /^Contoso College/ }).waitFor();
  const tabTo = async (text: string) => {
    for (let steps = 0; steps < 60; steps++) {
      await keyboard.press("Tab");
      const { name, outline } = (await page.evaluate(focused)) as Focused;
      expect(outline, `${name} shows its focus`).not.toBe("none");
      if (name.startsWith(text)) return;
    }
    throw new Error(`There is no way to ${text}`);
  };
  await tabTo("Contoso College");
  await keyboard.press("Enter");
  await page.getByText("None yet.").waitFor();
  // The heading has the focus before its customer is loaded.
  await expect
    .poll(() => page.evaluate("document.activeElement.textContent"), { timeout: patience })
    .toBe("Contoso College");
  expect(((await page.evaluate(focused)) as Focused).outline).toBe("solid");
  await tabTo("Education");
  await tabTo("website");
  await keyboard.type("example.edu");
  await tabTo("Ask for Education");
  await keyboard.press("Enter");
  await status(page, "In review").waitFor();
  await tabTo("Plus one day");
  await keyboard.press("Enter");
  await page.getByText("24 Nov 2026, 10:00").waitFor();
  await keyboard.press("Enter");
  await page.getByText("25 Nov 2026, 10:00").waitFor();
  await keyboard.press("Enter");
  await status(page, "Approved").waitFor();
});

interface Focused {
  name: string;
  outline: string;
}
/** What has the focus; a radio button shows it on the whole of its choice. */
const focused = `(() => {
  const element = document.activeElement;
  const shown = element.closest(".choices label") ?? element;
  const name = (shown.textContent || element.id).trim();
  return { name: element.id === "website" ? "website" : name, outline: getComputedStyle(shown).outlineStyle };
})()`;
