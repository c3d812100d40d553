import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Waiver } from "./coverage/waivers.ts";

// Source and build are both one folder below the manifest.
const textOf = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

/** Returns this project's waivers: what its mock deliberately omits. */
export function readWaivers(): Waiver[] {
  return parse(textOf("waivers.yaml")) as Waiver[];
}

/** Returns the version in this package's manifest. */
export function packageVersion(): string {
  return (JSON.parse(textOf("package.json")) as { version: string }).version;
}
