import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const source = new URL("../src/browser/unpack.ts", import.meta.url).href;

/** Unpacks in a separate process, as a test run does. */
async function unpack(cache: string): Promise<string> {
  const program = `import { unpackChromium } from ${JSON.stringify(source)}; console.log(await unpackChromium(process.argv[1]));`;
  const args = ["--input-type=module-typescript", "--eval", program, cache];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim();
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "unpack-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("gives concurrent runs the same complete browser", async () => {
  const cache = await temporaryFolder();
  // Left by a run that was killed while unpacking. No process has this id.
  await mkdir(join(cache, "chromium-1.unpacking-99999999"));
  const [first, second] = await Promise.all([unpack(cache), unpack(cache)]);
  expect(second).toBe(first);
  expect(await readdir(cache)).toEqual([basename(join(first, ".."))]);
  const { stdout } = await promisify(execFile)(first, ["--version"]);
  expect(stdout).toContain("Chrom");
}, 120_000);

test("removes the leftovers of a killed run next to a complete browser", async () => {
  const cache = await temporaryFolder();
  const path = await unpack(cache);
  const [gone, reused] = [99_999_999, process.pid].map((pid) => {
    return join(cache, `chromium-1.unpacking-${pid}`);
  });
  await mkdir(gone!);
  await mkdir(`${gone}-damaged`);
  await mkdir(reused!);
  // Unpacking never takes this long: the id is another process's.
  const longAgo = Date.now() / 1000 - 2 * 3600;
  await utimes(reused!, longAgo, longAgo);
  expect(await unpack(cache)).toBe(path);
  expect(await readdir(cache)).toHaveLength(1);
}, 120_000);

test("replaces a truncated browser", async () => {
  const cache = await temporaryFolder();
  const path = await unpack(cache);
  const { size } = await stat(path);
  await truncate(path, size / 2);
  expect(await unpack(cache)).toBe(path);
  expect((await stat(path)).size).toBe(size);
  expect(await readdir(cache)).toHaveLength(1);
}, 120_000);
