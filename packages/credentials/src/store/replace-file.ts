import { open, readlink, realpath, rename, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { momentaryName, removeLeftOvers } from "./left-overs.ts";

/**
 * Replaces a file, readable by its owner only. Readers see the old content or the new one, even after a
 * power failure.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const target = await targetOf(file);
  // A unique name, so that concurrent writers never mix.
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

/** Follows a link to its target, existing or not. The target is locked and replaced; the link stays. */
export async function targetOf(file: string): Promise<string> {
  return realpath(file).catch(async () => {
    const link = await readlink(file).catch(() => file);
    return resolve(dirname(file), link);
  });
}

/** Makes the rename survive a power failure. Not every system can open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle
    ?.sync()
    .catch(() => undefined)
    .finally(() => handle.close());
}
