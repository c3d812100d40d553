import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "./find.ts";

export type { Browser, BrowserContextOptions, Page } from "playwright-core";
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
