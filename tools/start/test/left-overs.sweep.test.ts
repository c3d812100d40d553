import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const vitest = createRequire(join(root, "package.json")).resolve("vitest/package.json");

/** Runs a test that creates temporary folders, in a given temporary folder. */
function run(folder: string) {
  const args = [join(vitest, "../vitest.mjs"), "run", "packages/credentials/test/app-only.test.ts"];
  const env = { PATH: process.env.PATH, BUILT: "1", TMPDIR: folder };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "ignore", detached: true });
  return { child, ended: once(child, "exit") };
}

test("removes a killed test run's leftovers from the temporary folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "left-overs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const killed = run(folder);
  const own = () => readdir(folder, { recursive: true });
  await expect
    .poll(own, { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/credentials-\w{6}$/));
  process.kill(-killed.child.pid!, "SIGKILL");
  await killed.ended;
  expect(await own()).not.toEqual([]);
  const [code] = await run(folder).ended;
  expect(code).toBe(0);
  expect(await own()).toEqual([]);
}, 120_000);
