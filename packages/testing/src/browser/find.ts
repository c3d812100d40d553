import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { unpackChromium } from "./unpack.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Finds a Chromium: the one in `CHROME_PATH`, otherwise an installed one, otherwise the one among the
 * workspace's dependencies (Linux x64).
 *
 * @returns The path of the executable.
 * @throws {Error} With one line that says what to do, if there is none.
 */
export async function findBrowser(): Promise<string> {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(
      `CHROME_PATH is ${named}, which is not an executable file. Correct or unset it.`,
    );
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const path of [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ]) {
    if (await isExecutable(path)) return path;
  }
  if (process.platform === "linux" && process.arch === "x64") return unpackChromium();
  throw new Error(
    "No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.",
  );
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
