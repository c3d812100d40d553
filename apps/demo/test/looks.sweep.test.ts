import { startMock } from "@partner-qualifications/mock";
import type { Page } from "@partner-qualifications/testing/browser";
import { findWeakFocus } from "@partner-qualifications/testing/browser/focus";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { expect, test, vi } from "vitest";
import { startDemo } from "../host/server/start-demo.ts";
import { violations } from "./support/axe.ts";
import { open, patience } from "./support/open.ts";

vi.setConfig({ testTimeout: 10 * patience });

const school = "22222222-2222-3333-4444-555555555555";
const card = (page: Page, status: string) =>
  page.locator(".qualifications .status", { hasText: status }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

type Screen = [name: string, show: (page: Page, url: string) => Promise<unknown>];
/** Each screen, and how a reader comes to it from the one before. */
const screens: Screen[] = [
  ["first page", (page) => page.getByText("Bellows College").waitFor()],
  ["matches", (page) => page.getByRole("combobox", { name: "Company" }).fill("contoso")],
  [
    "part of a tenant ID",
    (page) => page.getByRole("combobox", { name: "Company" }).fill("1111-22"),
  ],
  ["form", (page, url) => page.goto(`${url}/customers/${school}`)],
  ["wrong website", wrongWebsite],
  ["in review, with the wire open", inReview],
  ["in review, with the record of the request", requestedBy],
  ["frozen", (page) => openPanel(page).then(() => button(page, "Freeze time").click())],
  ["denied", denied],
  ["validation codes", (page) => page.getByRole("radio", { name: /^Government/ }).check()],
  ["decided", (page, url) => page.goto(url)],
  ["an error, with its support bundle", supportBundle],
  ["no tenant ID", (page, url) => page.goto(`${url}/customers/contoso`)],
];

/** Between them, these have every kind of control. */
const measured = ["first page", "in review, with the wire open", "frozen", "denied", "decided"];

async function wrongWebsite(page: Page) {
  await page.getByLabel("Website").fill("contoso");
  await button(page, "Request Education").click();
  await page.getByText("This is not a website address.").waitFor();
}
async function inReview(page: Page) {
  await page.getByLabel("Website").fill("https://example.edu/");
  await button(page, "Request Education").click();
  await card(page, "In review");
  const wire = page.locator("details", { has: page.locator("#wire") });
  if ((await wire.getAttribute("open")) === null) await page.locator("#wire").click();
  await page.getByText('"educationSegment"').first().waitFor();
}
async function requestedBy(page: Page) {
  await page.getByText("Who requested Education?").click();
  await page.getByText('"operationStatus"').waitFor();
}
async function openPanel(page: Page) {
  if (!(await button(page, "Jump 7 days").isVisible())) await page.locator("#mock").click();
}
async function denied(page: Page) {
  const stored = page.waitForResponse(
    (response) =>
      response.request().method() === "PUT" && response.url().includes("test-customers"),
  );
  await page
    .getByLabel("The review of Education ends")
    .selectOption("Denied: Not an eligible Library");
  // A response that is late must not let the jump end the review first.
  await stored;
  await button(page, "Jump 7 days").click();
  await card(page, "Denied");
  await button(page, "Request again").click();
  await page.getByText("Education was denied: Not an eligible Library").waitFor();
}
async function supportBundle(page: Page, url: string) {
  await page.goto(`${url}/customers/00000000-0000-4000-8000-000000000403`);
  await page.locator("summary", { hasText: "Support bundle" }).click();
}

test.each([
  [1440, "light"],
  [1440, "dark"],
  [390, "light"],
  [390, "dark"],
  [320, "light"],
] as const)(
  "has no violation and no weak focus at %d px, %s, on any screen",
  async (width, colorScheme) => {
    await using mock = await startMock({ auditDelay: "PT0S" });
    await using demo = await startDemo({ baseUrl: mock.url, credential: () => "any-token" });
    await using browser = await connectBrowser();
    const look = {
      viewport: { width, height: 844 },
      colorScheme,
      reducedMotion: "reduce",
    } as const;
    await using opened = await open(browser, demo.url, look);
    const { page, problems } = opened;
    const weak: string[] = [];
    for (const [name, show] of screens) {
      await show(page, demo.url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState();
      expect(await violations(page), name).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth"), name).toBe(width);
      // The ring is the same at each width.
      if (width === 1440 && measured.includes(name)) weak.push(...(await findWeakFocus(page)).weak);
    }
    expect(weak).toEqual([]);
    // Late responses move what they fill, and `fill` is no input to the browser: the story measures what moves.
    expect(problems.filter((one) => !one.startsWith("moved: "))).toEqual([]);
  },
);
