import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const dist = new URL("../dist/", import.meta.url);

/** The addresses of all built pages, Redoc's own left out, as the server has them. */
export async function addresses(directory: URL = dist): Promise<string[]> {
  const files = await Array.fromAsync(glob("**/*.html", { cwd: fileURLToPath(directory) }));
  return files
    .filter((file) => file !== "404.html" && !file.startsWith("redoc/"))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`)
    .toSorted();
}

/** The HTML of a page by its address. */
export function readPage(address: string, directory: URL = dist): Promise<string> {
  const file = address.endsWith("/") ? `${address}index.html` : `${address}.html`;
  return readFile(new URL(file.slice(1), directory), "utf8");
}
