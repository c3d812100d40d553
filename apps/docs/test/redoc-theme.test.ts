import { beforeAll, expect, test } from "vitest";
import { axeViolations, type Page, publish, untilRedoc } from "./redoc-page.ts";

let site: Awaited<ReturnType<typeof publish>>;
beforeAll(async () => {
  site = await publish();
  return () => site[Symbol.asyncDispose]();
});

const key = "vitepress-theme-appearance";
const background = (page: Page) =>
  page.evaluate(() => {
    const shown = getComputedStyle(document.body).backgroundColor;
    const [red = 0] = (/\d+/.exec(shown) ?? []).map(Number);
    return red < 128 ? "dark" : "light";
  });

const choices = [
  ["dark", "light", "dark"],
  ["auto", "dark", "dark"],
  ["light", "dark", "light"],
  [undefined, "light", "light"],
] as const;

test.each(process.env.SWEEPS ? choices : choices.slice(0, 2))(
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

// One operation in two looks; `redoc.sweep.test.ts` sees the whole page in four.
test.each([
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
] as const)("axe finds nothing: $colorScheme, $width px", async ({ colorScheme, width }) => {
  const options = { colorScheme, viewport: { width, height: 900 } };
  await using page = await site.open("#operation/requestQualification", options);
  await untilRedoc(page);
  await page.getByRole("heading", { level: 2, name: "Request a qualification" }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
});
