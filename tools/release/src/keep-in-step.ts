// Writes what the root manifest decides into the manifests, READMEs and other files that repeat it:
// `npx -y pnpm@12 format`. A test fails if one differs.

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Manifest, published, readManifest, repositoryAddress, root } from "./packages.ts";

/** Files that name the repository. */
const texts = ["{spec,packages/*,apps/*}/README.md", "*.md", ".github/**/*.{md,yml}"];

/**
 * Returns the files that differ from what the root manifest decides, each with its right content.
 *
 * @param address The address of the repository, that of the root manifest by default.
 */
export function outOfStep(address = repositoryAddress()): Map<string, string> {
  const found = new Map<string, string>();
  const compare = (file: string, change: (text: string) => string) => {
    const text = readFileSync(root + file, "utf8");
    const right = change(text);
    if (right !== text) found.set(file, right);
  };
  // What the files had before the root manifest changed.
  const first = readManifest(published[0]);
  const before = first.repository ? repositoryAddress(first) : address;
  for (const folder of published) {
    compare(`${folder}/package.json`, (text) => {
      const manifest = JSON.parse(text) as Manifest;
      const right = withMetadata(manifest, folder, address);
      return isDeepStrictEqual(manifest, right) ? text : `${JSON.stringify(right, null, 2)}\n`;
    });
  }
  for (const file of globSync(texts, { cwd: root }).map(toPosix)) {
    const folder = published.find((one) => file === `${one}/README.md`);
    compare(file, (text) => {
      const moved = text.replaceAll(before, address);
      return folder ? withAbsoluteLinks(moved, folder, address) : moved;
    });
  }
  const codeowners = ".github/CODEOWNERS";
  compare(codeowners, (text) => text.replaceAll(/@[\w-]+/g, `@${ownerOf(address)}`));
  return found;
}

/** Returns a manifest with the fields that npm shows, in a fixed order. */
function withMetadata(manifest: Manifest, folder: string, address: string): Manifest {
  const { name, version, description, keywords, license, ...rest } = manifest;
  const decided = {
    author: readManifest().author,
    homepage: `${address}/tree/main/${folder}#readme`,
    bugs: `${address}/issues`,
    repository: { type: "git", url: `git+${address}.git`, directory: folder },
    publishConfig: { access: "public" },
  };
  for (const field of Object.keys(decided)) delete rest[field];
  return { name, version, description, keywords, license, ...decided, ...rest } as Manifest;
}

/** Relative links lead nowhere on npm. */
function withAbsoluteLinks(text: string, folder: string, address: string): string {
  return text.replaceAll(/\]\((?!#|\w+:)([^)]+)\)/g, (_, target: string) => {
    const path = posix.normalize(`${folder}/${target}`);
    return `](${address}/tree/main/${path})`;
  });
}

function ownerOf(address: string): string {
  return new URL(address).pathname.split("/")[1] ?? "";
}

function toPosix(file: string): string {
  return file.replaceAll("\\", "/");
}

if (import.meta.main) {
  for (const [file, text] of outOfStep()) {
    writeFileSync(root + file, text);
    console.log(`${file} follows package.json`);
  }
}
