// The packages that are published, and the one address of the repository.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the workspace, with a slash at its end. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The folders of the published packages: each after those that it depends on. */
export const published = [
  "spec",
  "packages/client",
  "packages/credentials",
  "packages/mock",
  "packages/contract-suite",
  "apps/cli",
] as const;

export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  author?: string;
  repository?: { type: string; url: string; directory?: string };
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

/** @param folder Relative to the workspace; the root's own without it. */
export function readManifest(folder = ""): Manifest {
  return JSON.parse(readFileSync(`${root}${folder}/package.json`, "utf8")) as Manifest;
}

/**
 * Returns the address of the repository as the root manifest has it, without `git+` and `.git`.
 *
 * @throws {Error} If the root manifest has none.
 */
export function repositoryAddress(manifest = readManifest()): string {
  const url = manifest.repository?.url;
  if (!url) throw new Error("package.json has no repository.url. Add it.");
  return url.replace(/^git\+/, "").replace(/\.git$/, "");
}

/** Returns whether the home of the repository is still to be decided. */
export function isPlaceholder(address: string): boolean {
  return new URL(address).pathname.startsWith("/OWNER/");
}
