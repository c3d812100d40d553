import { randomUUID } from "node:crypto";
import { open, readdir, readlink, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Nobody takes as long to write a token. */
const leftOverMs = 60_000;

/**
 * Puts a file in place of another, for its owner alone. Whoever reads it sees the old content or the
 * new one, and a loss of power leaves one of the two.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const target = await targetOf(file);
  // A name of its own, so that two who write at once never mix.
  const successor = `${target}.${randomUUID()}.new`;
  try {
    const handle = await open(successor, "wx", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await removeLeftOvers(target, successor);
    await rename(successor, target);
  } catch (error) {
    await unlink(successor).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(target));
}

/** A link is kept; what it leads to is locked and replaced, also when it is not there yet. */
export async function targetOf(file: string): Promise<string> {
  return realpath(file).catch(async () => {
    const link = await readlink(file).catch(() => file);
    return resolve(dirname(file), link);
  });
}

/** Those of killed processes. Both times are the file system's. */
async function removeLeftOvers(target: string, successor: string): Promise<void> {
  const folder = dirname(target);
  const beginning = `${basename(target)}.`;
  const now = await stat(successor);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(beginning) || !/^[\da-f-]{36}\.new$/.test(name.slice(beginning.length)))
      continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => now);
    if (now.mtimeMs - mtimeMs > leftOverMs) await unlink(path).catch(() => undefined);
  }
}

/** So that the new name outlives a loss of power too; not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle
    ?.sync()
    .catch(() => undefined)
    .finally(() => handle.close());
}
