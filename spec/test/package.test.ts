import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  version: string;
  exports: Record<string, string | Record<string, string>>;
};

test("packs everything that the package exports", async () => {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], {
    cwd: root,
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => `./${path}`);
  const targets = Object.values(manifest.exports).flatMap((target) => Object.values({ target }));
  for (const target of targets.flatMap((one) =>
    typeof one === "string" ? one : Object.values(one),
  )) {
    const [start = "", end = ""] = target.split("*");
    expect(
      packed.some((path) => path.startsWith(start) && path.endsWith(end)),
      target,
    ).toBe(true);
  }
  expect(packed.filter((path) => path.includes("/workflows/"))).toHaveLength(5);
});

test("has the same version in package, contract and changelog", () => {
  expect(contract.version).toBe(manifest.version);
  expect(read("CHANGELOG.md")).toContain(`## ${manifest.version}`);
});
