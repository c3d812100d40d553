import { setTimeout } from "node:timers/promises";
import type {
  Browser,
  BrowserContextOptions,
  Page,
  Route,
} from "@partner-qualifications/testing/browser";

/** Long enough for a machine that is busy with other work. */
export const patience = 60_000;

/** Reports what moves without input, which is what the layout shift (CLS) counts, in every page and to its end. */
const watchShifts = `new PerformanceObserver((list) => {
  for (const { hadRecentInput, value, sources } of list.getEntries()) {
    const moved = sources.map(({ node, previousRect, currentRect }) => {
      const what = (node?.outerHTML ?? node?.data ?? "removed").slice(0, 80);
      return [what, previousRect.y, currentRect.y].join(" ");
    });
    if (!hadRecentInput) reportShift([location.pathname, value, ...moved].join(" | "));
  }
}).observe({ type: "layout-shift", buffered: true })`;

/**
 * Opens a page in a separate context, and records its errors and layout shifts. A failed response is a message of the
 * browser about the network, not an error of the page.
 */
export async function open(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Stockholm",
    ...options,
  });
  context.setDefaultTimeout(patience);
  // A test that reads too early passes by luck on a fast machine: in the sweeps, every response is late.
  if (process.env.SWEEPS) await context.route("**/*", delay);
  const page = await context.newPage();
  const problems = watch(page);
  await page.exposeFunction("reportShift", (what: string) => problems.push(`moved: ${what}`));
  await page.addInitScript(watchShifts);
  await page.goto(url);
  return { context, page, problems, [Symbol.asyncDispose]: () => context.close() };
}

async function delay(route: Route): Promise<void> {
  await setTimeout(Math.random() * 200);
  // Its page may be closed by now.
  await route.continue().catch(() => {});
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (!text.startsWith("Failed to load resource")) problems.push(text);
  });
  return problems;
}
