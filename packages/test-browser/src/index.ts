import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Starts a headless Chromium: the one that `CHROME_PATH` names, else one that is installed, else the
 * one that came with the workspace's own dependencies (Linux on x64).
 *
 * @throws {Error} When there is none of the three.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.CHROME_PATH ?? (await findInstalled());
  return chromium.launch({
    executablePath: installed ?? (await unpackOwn()),
    args: [
      // Chromium refuses its sandbox to root, which is what a container runs as.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      // It must not look for anything outside: the tests count requests to other hosts.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

async function findInstalled(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  for (const candidate of [...candidates, ...elsewhere]) {
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
}

async function unpackOwn(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chrome or Chromium found: install one, or name it in CHROME_PATH");
  }
  const { default: own } = await import("@sparticuz/chromium");
  return own.executablePath();
}
