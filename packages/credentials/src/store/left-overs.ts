import { createHash, randomUUID } from "node:crypto";
import { readdir, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** No process takes as long with a file of these. */
const leftOverMs = 60_000;

/** In a name a host has no dots, and no secret. */
const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** The names given here, and those of earlier versions, which did not say whose they are. */
const names =
  /^(?:(?<host>[\da-f]{8})-(?<pid>\d+)-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new$|^lock\.[\da-f-]{36}$/;

/** A name for a file beside another, for a moment; it says which process it belongs to. */
export function momentaryName(target: string): string {
  return `${target}.${host}-${process.pid}-${randomUUID()}.new`;
}

/**
 * Removes the momentary files that killed processes left beside a file.
 *
 * @param now The file system's time, so that it does not matter how clocks differ.
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
    // An earlier program may have had this one's process id, as in a container.
    const isGone =
      pid === process.pid ? ageMs > process.uptime() * 1000 : pid !== undefined && !isAlive(pid);
    if (isGone || ageMs > leftOverMs) await unlink(path).catch(() => undefined);
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
