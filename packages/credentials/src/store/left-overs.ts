import { createHash, randomUUID } from "node:crypto";
import { readdir, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** No process needs such a file for longer. */
const leftOverMs = 60_000;

/** Hashed, so that the name contains no dots and does not reveal the host. */
const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** The names created here, and those of earlier versions, which lack the process. */
const names =
  /^(?:(?<host>[\da-f]{8})-(?<pid>\d+)-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new$|^lock\.[\da-f-]{36}$/;

/** Returns the name of a temporary file beside another. It contains the process id. */
export function momentaryName(target: string): string {
  return `${target}.${host}-${process.pid}-${randomUUID()}.new`;
}

/**
 * Removes the temporary files that killed processes left beside a file.
 *
 * @param now The file system's time, so that differing clocks don't matter.
 */
export async function removeLeftOvers(target: string, now: number): Promise<void> {
  const folder = dirname(target);
  const beginning = `${basename(target)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    const found = name.startsWith(beginning) && names.exec(name.slice(beginning.length));
    if (!found) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    const ageMs = now - mtimeMs;
    const pid = found.groups?.host === host ? Number(found.groups.pid) : undefined;
    // An earlier program may have had the same process id, as in a container.
    const isGone =
      pid === process.pid ? ageMs > process.uptime() * 1000 : pid !== undefined && !isAlive(pid);
    if (isGone || ageMs > leftOverMs) await unlink(path).catch(() => undefined);
  }
}

/** Whether a process of this machine is running. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
