import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "./find.ts";

export type { Browser, BrowserContextOptions, Page, Route } from "playwright-core";
export { findBrowser };

async function options() {
  return {
    executablePath: await findBrowser(),
    args: [
      // Chromium refuses its sandbox to root, which is what a container runs as.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      // The tests count requests to other hosts, so Chromium must not make any by itself.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}

/**
 * Starts a headless Chromium (see {@link findBrowser} for which one).
 *
 * @throws {Error} With one line that says what to do when there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await options());
}

/** Starts a headless Chromium that other processes connect to by its `wsEndpoint()`. */
export async function launchBrowserServer() {
  return chromium.launchServer(await options());
}

/** Ends every transition and animation of a page, and those to come: what is measured then is not on its way. */
export async function stopMotion(page: Page): Promise<void> {
  // Not a style element, which the page's policy would refuse.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "*, ::before, ::after { transition: none !important; animation: none !important }",
    );
    document.adoptedStyleSheets.push(sheet);
  });
}
