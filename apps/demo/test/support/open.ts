import { setTimeout } from "node:timers/promises";
import type {
  Browser,
  BrowserContextOptions,
  Page,
  Route,
} from "@partner-qualifications/testing/browser";

/** Long enough for a machine that has much else to do. */
export const patience = 60_000;

/**
 * Opens a page in a browser of its own, with what it complains of. That an answer was an error is the
 * browser's complaint about the network, and no mistake of the page.
 */
export async function open(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Stockholm",
    ...options,
  });
  context.setDefaultTimeout(patience);
  // What a test reads before it is there is there by luck: in the sweeps, nothing comes at once.
  if (process.env.SWEEPS) await context.route("**/*", delay);
  const page = await context.newPage();
  const problems = watch(page);
  await page.goto(url);
  return { context, page, problems, [Symbol.asyncDispose]: () => context.close() };
}

async function delay(route: Route): Promise<void> {
  await setTimeout(Math.random() * 200);
  // Its page may be closed by now.
  await route.continue().catch(() => {});
}

/** Does something on a page that moves the mock, and waits until the mock has moved. */
export async function moveMock(page: Page, act: () => Promise<unknown>): Promise<void> {
  const moved = page.waitForResponse(
    (response) => response.url().includes("/api/_mock/") && response.request().method() !== "GET",
  );
  await act();
  await moved;
}

export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) {
      problems.push(text);
    }
  });
  return problems;
}
