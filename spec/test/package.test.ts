import { readFileSync } from "node:fs";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");
const manifest = JSON.parse(read("package.json")) as { version: string };

test("has the same version in package, contract and changelog", () => {
  expect(contract.version).toBe(manifest.version);
  expect(read("CHANGELOG.md")).toContain(`## ${manifest.version}`);
});
