import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "./find.ts";

export type { Browser, BrowserContextOptions, Page, Route } from "playwright-core";
export { findBrowser };

async function options() {
  return {
    executablePath: await findBrowser(),
    args: [
      // Chromium's sandbox does not run as root, the usual user in containers.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      // Tests count requests to other hosts, so Chromium must make none by itself.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}

/**
 * Starts a headless Chromium, found by {@link findBrowser}.
 *
 * @throws {Error} With one line that says what to do, if there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await options());
}

/** Starts a headless Chromium for other processes, which connect to its `wsEndpoint()`. */
export async function launchBrowserServer() {
  return chromium.launchServer(await options());
}

/** Ends all current and future transitions and animations of a page, so that measurements are stable. */
export async function stopMotion(page: Page): Promise<void> {
  // A style element would violate the page's policy.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "*, ::before, ::after { transition: none !important; animation: none !important }",
    );
    document.adoptedStyleSheets.push(sheet);
  });
}
