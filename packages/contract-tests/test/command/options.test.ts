import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { runCommand } from "../run-command.ts";

const timeout = 240_000;
const base = ["--base-url", "http://127.0.0.1:9"];

test.each(["--version", "-v"])("prints the package's version for %s", { timeout }, async (flag) => {
  const manifest = new URL("../../../contract-suite/package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  const ran = await runCommand([flag]);
  expect(ran.stdout.trim()).toBe(version);
  expect(ran.code).toBe(0);
});

test.each([
  [["--base-uri", "x"], "--base-uri is not an option. Did you mean --base-url?"],
  [[...base, "--readonly"], "--readonly is not an option. Did you mean --read-only?"],
  [[...base, "--xyzzy"], "--xyzzy is not an option. See --help."],
  [[...base, "--phase", "statefull"], 'not "statefull". Did you mean stateful?'],
  [[...base, "--phase", "all"], "--phase accepts relations, examples, coverage"],
  [[], "--base-url is missing"],
  [["--base-url", "partner.example"], "--base-url must be an http or https address"],
  [[...base, "--rate", "0"], "--rate must be a number above 0"],
  [[...base, "--max-cases", "1.5"], '--max-cases must be a whole number above 0, not "1.5"'],
  [
    [...base, "--read-only", "--write"],
    "--read-only and --write cannot be combined; pass one of them",
  ],
  [
    [...base, "--control", "x", "--no-control"],
    "--control and --no-control cannot be combined; pass one of them",
  ],
  [["--base-url", "http://partner.example", "--token-env", "PATH"], "only over https"],
])("exits with 2 for %j", { timeout }, async (args, says) => {
  const ran = await runCommand(args);
  expect(ran.stderr).toContain(says);
  expect(ran.stderr).toMatch(/^qualifications-contract: [^\n]*\n$/);
  expect(ran.code).toBe(2);
});
