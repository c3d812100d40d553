import { expect, test, vi } from "vitest";
import { startDocs } from "../src/server.ts";
import { openBrowser } from "./browser.ts";

vi.setConfig({ testTimeout: 120_000 });

const pages = [
  "/",
  "/start",
  "/guides/asynchronous-flow",
  "/reference/requestQualification",
  "/errors/20002",
];
const looks = [
  { colorScheme: "light", viewport: { width: 1440, height: 1800 } },
  { colorScheme: "dark", viewport: { width: 1440, height: 1800 } },
  { colorScheme: "light", viewport: { width: 390, height: 1800 } },
] as const;

test.each(looks)(
  "a page has the same styles by its own rules as by the whole style sheet, $colorScheme, $viewport.width px",
  async (look) => {
    await using docs = await startDocs();
    await using browser = await openBrowser(docs.url);
    const page = await browser.open(look);
    const differing: string[] = [];
    for (const path of pages) {
      await page.goto(docs.url + path);
      await settled(page);
      const { compared, others } = await page.evaluate(compareStyles);
      expect(compared).toBeGreaterThan(50_000);
      differing.push(...others.map((style) => `${path} ${style}`));
    }
    expect(differing).toEqual([]);
    expect(browser.complaints.list).toEqual([]);
  },
);

test("nothing moves while a page is painted", async () => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const moved: string[] = [];
  for (const { viewport } of looks) {
    const page = await browser.open({ viewport });
    for (const path of pages) {
      await page.goto(docs.url + path);
      await settled(page);
      const shift = await page.evaluate(async () => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        });
        observer.observe({ type: "layout-shift", buffered: true });
        await new Promise((resolve) => setTimeout(resolve, 100));
        return sum;
      });
      if (shift > 0) moved.push(`${path} ${viewport.width} px: ${shift}`);
    }
  }
  expect(moved).toEqual([]);
});

test.each([
  "/reference/requestQualification#parameter-MS-RequestId",
  "/guides/asynchronous-flow#an-old-answer-is-not-a-new-one",
])("%s is in view as soon as all is there", async (address) => {
  await using docs = await startDocs();
  await using browser = await openBrowser(docs.url);
  const page = await browser.open({ viewport: { width: 1280, height: 800 } });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(docs.url + address);
  await settled(page);
  const place = await page.locator(`[id="${address.split("#")[1]}"]`).boundingBox();
  expect(place!.y).toBeGreaterThan(0);
  expect(place!.y + place!.height).toBeLessThan(800);
});

/**
 * Puts the whole style sheet in the place of a page's own rules.
 *
 * @returns What then looks otherwise, of each element and of what stands before and after it, but for
 *   the wait and for variables.
 */
async function compareStyles() {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it has to go into the page.
  const computed = () =>
    [...document.body.querySelectorAll("*")].flatMap((element) =>
      [undefined, "::before", "::after"].flatMap((part) => {
        const style = getComputedStyle(element, part);
        if (part && style.content === "none") return [];
        const name = `${element.tagName}.${element.getAttribute("class")}${part ?? ""}`;
        return [...style]
          .filter((property) => !/^(animation|--)/.test(property))
          .map((property) => `${name} ${property}: ${style.getPropertyValue(property)}`);
      }),
    );
  const own = computed();
  const rules = document.querySelector<HTMLStyleElement>("style[data-whole]")!;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = rules.dataset.whole!;
  rules.before(sheet);
  await new Promise((resolve) => sheet.addEventListener("load", resolve));
  rules.remove();
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  const whole = computed();
  return { compared: own.length, others: whole.filter((style, index) => style !== own[index]) };
}

/** Waits until what waits for the first frame is there. */
async function settled(page: Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>["open"]>>) {
  await page.waitForTimeout(300);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}
