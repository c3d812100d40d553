import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { runCommand } from "../run-command.ts";

const timeout = 240_000;
const base = ["--base-url", "http://127.0.0.1:9"];

test.each(["--version", "-v"])("prints the package's version for %s", { timeout }, async (flag) => {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const ran = await runCommand([flag]);
  expect(ran.stdout.trim()).toBe((JSON.parse(text) as { version: string }).version);
  expect(ran.code).toBe(0);
});

test.each([
  [["--base-uri", "x"], "--base-url"],
  [[...base, "--phases", "fuzz"], "--phase"],
  [[...base, "--readonly"], "--read-only"],
  [[...base, "--max-case=3"], "--max-cases"],
  [[...base, "--Seed", "3"], "--seed"],
  [[...base, "--phase", "statefull"], "stateful"],
])("suggests the nearest for %j", { timeout }, async (args, nearest) => {
  const ran = await runCommand(args);
  expect(ran.stderr).toContain(`Did you mean ${nearest}?`);
  expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(ran.code).toBe(2);
});

test("suggests nothing for an option that is like none", { timeout }, async () => {
  const ran = await runCommand([...base, "--xyzzy"]);
  expect(ran.stderr).toContain("Unknown option '--xyzzy'");
  expect(ran.stderr).not.toContain("Did you mean");
  expect(ran.code).toBe(2);
});
