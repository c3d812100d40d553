import { open, readlink, realpath, rename, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { momentaryName, removeLeftOvers } from "./left-overs.ts";

/**
 * Puts a file in place of another, for its owner alone. Whoever reads it sees the old content or the
 * new one, and a loss of power leaves one of the two.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const target = await targetOf(file);
  // A name of its own, so that two who write at once never mix.
  const successor = momentaryName(target);
  try {
    const handle = await open(successor, "wx", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
      await removeLeftOvers(target, (await handle.stat()).mtimeMs);
    } finally {
      await handle.close();
    }
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

/** So that the new name outlives a loss of power too; not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle
    ?.sync()
    .catch(() => undefined)
    .finally(() => handle.close());
}
