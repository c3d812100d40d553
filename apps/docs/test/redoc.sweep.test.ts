import { beforeAll, expect, test } from "vitest";
import { axeViolations, operations, publish, untilRedoc } from "./redoc-page.ts";

let site: Awaited<ReturnType<typeof publish>>;
beforeAll(async () => {
  site = await publish();
  return () => site[Symbol.asyncDispose]();
});

/** One with a choice of bodies, one that is retired, one with nested objects in its response. */
const shown = new Set(["requestQualification", "setQualification", "getCustomer"]);

test.each([
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
  { colorScheme: "dark", width: 1440 },
  { colorScheme: "light", width: 320 },
] as const)(
  "axe finds nothing from the list to the search: $colorScheme, $width px",
  { timeout: 180_000 },
  async ({ colorScheme, width }) => {
    await using page = await site.open("", { colorScheme, viewport: { width, height: 900 } });
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Shift");
    await untilRedoc(page);
    await page.getByRole("heading", { name: "Partner Center customer qualifications" }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    for (const { id, summary } of operations.filter((one) => shown.has(one.id))) {
      await page.evaluate((hash) => (location.hash = hash), `operation/${id}`);
      await page.getByRole("heading", { level: 2, name: summary }).waitFor();
      expect(await axeViolations(page), id).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
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
