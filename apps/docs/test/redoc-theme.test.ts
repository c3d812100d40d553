import { afterAll, beforeAll, expect, test } from "vitest";
import { axeViolations, operations, type Page, publish, untilRedoc } from "./redoc-page.ts";

let site: Awaited<ReturnType<typeof publish>>;
beforeAll(async () => {
  site = await publish();
});
afterAll(() => site[Symbol.asyncDispose]());

const key = "vitepress-theme-appearance";
const background = (page: Page) =>
  page.evaluate(() => {
    const shown = getComputedStyle(document.body).backgroundColor;
    const [red = 0] = (/\d+/.exec(shown) ?? []).map(Number);
    return red < 128 ? "dark" : "light";
  });

test.each([
  ["dark", "light", "dark"],
  ["light", "dark", "light"],
  ["auto", "dark", "dark"],
  [undefined, "light", "light"],
] as const)(
  "what was chosen on the site (%s) goes before the system's %s",
  async (chosen, colorScheme, shown) => {
    await using page = await site.open("", { colorScheme });
    await page.evaluate(([name, value]) => value && localStorage.setItem(name, value), [
      key,
      chosen,
    ] as const);
    await page.reload();
    expect(await background(page)).toBe(shown);
    await page.keyboard.press("Shift");
    await untilRedoc(page);
    await expect.poll(() => background(page)).toBe(shown);
    expect(page.record.problems).toEqual([]);
  },
);

test("what is chosen in Redoc is chosen for the site", async () => {
  await using page = await site.open("#/", { colorScheme: "light" });
  await untilRedoc(page);
  await page.getByTestId("color-mode-switcher").click();
  await expect.poll(() => background(page)).toBe("dark");
  expect(await page.evaluate((name) => localStorage.getItem(name), key)).toBe("dark");
});

/** One with a choice of bodies, one that is retired, one with nested objects in its answer. */
const shown = new Set(["requestQualification", "setQualification", "getCustomer"]);
const looks = [
  { colorScheme: "light", width: 1440, whole: true },
  { colorScheme: "dark", width: 320, whole: true },
  // These have the colours of the one and the room of the other.
  { colorScheme: "dark", width: 1440, whole: Boolean(process.env.EVERY_LOOK) },
  { colorScheme: "light", width: 320, whole: Boolean(process.env.EVERY_LOOK) },
] as const;

test.each(looks)(
  "axe finds nothing: $colorScheme, $width px",
  { timeout: 180_000 },
  async (look) => {
    const options = {
      colorScheme: look.colorScheme,
      viewport: { width: look.width, height: 900 },
    };
    await using page = await site.open("", options);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Shift");
    await untilRedoc(page);
    await page.getByRole("heading", { name: "Partner Center customer qualifications" }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    if (!look.whole) return;
    for (const { operationId, summary } of operations.filter((one) => shown.has(one.operationId))) {
      await page.evaluate((hash) => (location.hash = hash), `operation/${operationId}`);
      const heading = page.getByRole("heading", { level: 2, name: summary });
      await heading.waitFor();
      expect(await axeViolations(page), operationId).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
    }
    await page.getByRole("button", { name: "View security details" }).first().click();
    expect(await axeViolations(page), "security details").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("validationStatus");
    await page.getByRole("dialog", { name: "Search" }).getByRole("link").first().waitFor();
    expect(await axeViolations(page), "search").toEqual([]);
  },
);
