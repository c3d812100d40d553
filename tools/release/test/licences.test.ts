import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { root } from "../src/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Those that ask users of the packages for nothing but a notice. */
const allowed = [
  "(MIT OR CC0-1.0)",
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
];

test("installs only packages with a permissive license", async () => {
  const args = ["--recursive", "licenses", "list", "--prod", "--json"];
  const { stdout } = await promisify(execFile)("pnpm", args, { cwd: root, maxBuffer: 2 ** 26 });
  const found = JSON.parse(stdout) as Record<string, { name: string }[]>;
  expect(found.MIT?.length).toBeGreaterThan(10);
  const others = Object.entries(found).filter(([license]) => !allowed.includes(license));
  expect(others.map(([license, packages]) => [license, packages.map(({ name }) => name)])).toEqual(
    [],
  );
});
