import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const workspaceCache = fileURLToPath(
  new URL("../../../../node_modules/.cache/partner-qualifications/", import.meta.url),
);
/** Written last, so that a folder without it is known to be incomplete. */
const sizes = "sizes.json";

/**
 * Unpacks the bundled Chromium (Linux x64) into the workspace's cache, once per version.
 *
 * `@sparticuz/chromium` unpacks in place in the temporary folder, so concurrent processes run a
 * partially written file. Here, a child process unpacks beside the target and renames the folder. A
 * folder damaged by an interrupted run or a full disk is replaced.
 *
 * @param cache The folder to unpack into.
 * @returns The path of the executable.
 * @throws {Error} With one line that says what to do.
 */
export async function unpackChromium(cache = workspaceCache): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const { version } = JSON.parse(
    await readFile(join(dirname(entry), "../package.json"), "utf8"),
  ) as { version: string };
  const target = join(cache, `chromium-${version}`);
  await removeLeftovers(target);
  if (!(await isComplete(target))) await unpack(entry, target);
  return join(target, "chromium");
}

async function unpack(entry: string, target: string): Promise<void> {
  const staging = `${target}.unpacking-${process.pid}`;
  try {
    await mkdir(staging, { recursive: true });
    const program = `import chromium from ${JSON.stringify(entry)}; await chromium.executablePath();`;
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      env: { ...process.env, TMPDIR: staging, NODE_COMPILE_CACHE: "" },
    });
    await writeFile(join(staging, sizes), JSON.stringify(await sizesIn(staging)));
    await rename(staging, target).catch(async (error: NodeJS.ErrnoException) => {
      // Another run was faster, or an earlier one left a damaged folder.
      if (await isComplete(target)) return;
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      await rename(target, `${staging}-damaged`);
      await rename(staging, target);
    });
  } catch (error) {
    throw new Error(explain(error as Error, dirname(target)), { cause: error });
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(`${staging}-damaged`, { recursive: true, force: true });
  }
}

function explain(error: Error, cache: string): string {
  // A child process prints its error.
  const text = `${error.message} ${(error as { stderr?: string }).stderr ?? ""}`;
  if (/ENOSPC|EDQUOT/.test(text)) {
    return `The disk is full. Unpacking Chromium needs 250 MB in ${cache}: free some space and run the command again.`;
  }
  const [reason = error.message] = /\bE[A-Z]{3,}: [^\n]+/.exec(text) ?? [];
  return `Chromium could not be unpacked into ${cache} (${reason}). Install Chrome, or set CHROME_PATH to its executable.`;
}

/** Unpacking never takes this long; by then, the process id may have been reused. */
const longestMs = 3600_000;

/** Removes the folders of killed runs, whose processes no longer exist. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid] = /\.unpacking-(\d+)(?:-damaged)?$/.exec(name) ?? [];
    if (!pid) continue;
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (!isRunning(Number(pid)) || Date.now() - mtimeMs > longestMs) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function isComplete(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, sizes))) return false;
  const expected = JSON.parse(await readFile(join(folder, sizes), "utf8")) as Record<
    string,
    number
  >;
  const found = await sizesIn(folder);
  return Object.entries(expected).every(([name, size]) => found[name] === size);
}

async function sizesIn(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== sizes);
  const pairs = files.map(
    async ({ name }) => [name, (await stat(join(folder, name))).size] as const,
  );
  return Object.fromEntries(await Promise.all(pairs));
}
