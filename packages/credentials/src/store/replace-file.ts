import { open, realpath, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Puts a file in place of another, for its owner alone. Whoever reads it sees the old content or the
 * new one, and a loss of power leaves one of the two.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  // A link is kept; what it leads to is replaced.
  const target = await realpath(file).catch(() => file);
  const successor = `${target}.new`;
  // One that a killed process left behind.
  await unlink(successor).catch(() => undefined);
  try {
    const handle = await open(successor, "wx", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
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

/** So that the new name outlives a loss of power too; not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle
    ?.sync()
    .catch(() => undefined)
    .finally(() => handle.close());
}
