import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./entries.ts";

/**
 * Returns whether a package may break its exports: its version is not compatible with the last release, or a
 * changeset makes it so. Below 1.0 a minor version may break.
 *
 * @param changesets The texts of the changesets.
 */
export function mayBreak(
  name: string,
  released: string,
  current: string,
  changesets: string[],
): boolean {
  const breaking = released.startsWith("0.") ? ["major", "minor"] : ["major"];
  const bump = new RegExp(`^["']?${name}["']?: *["']?(${breaking.join("|")})\\b`, "m");
  return compatible(released) !== compatible(current) || changesets.some((text) => bump.test(text));
}

/** Reads the changesets of the repository. */
export function readChangesets(): string[] {
  const folder = join(root, ".changeset");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** The part of a version that compatible versions share. */
const compatible = (version: string): string => /^(0\.\d+|\d+)/.exec(version)?.[0] ?? version;
