import { readFileSync } from "node:fs";

/**
 * A file beside this package's manifest. The source and what is built from it both stand one folder
 * below that.
 */
export function packageFile(name: string): URL {
  return new URL(`../${name}`, import.meta.url);
}

/** The version in this package's manifest. */
export function packageVersion(): string {
  const manifest = readFileSync(packageFile("package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
