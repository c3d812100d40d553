import { randomUUID } from "node:crypto";
import { readFile, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { stopped } from "../errors/stopped.ts";
import { isAlive, momentaryName } from "./left-overs.ts";

/**
 * A lock older than this is broken, since its process id may have been reused. No exchange takes longer
 * than a minute.
 */
const leaseMs = 90_000;
/**
 * A lock without a holder's name after this time belongs to a process that was killed as it wrote the
 * lock.
 */
const namingMs = 5_000;

interface Holder {
  host: string;
  pid: number;
  /** Distinguishes the tasks of one process. */
  task: string;
}

/**
 * Runs a task while no other process does so with the same lock file, and breaks the lock of a killed
 * process. If two processes break a lock at the same moment, both run. The only cost is a second
 * exchange: a token is replaced atomically, and only by the process that read it.
 *
 * @throws {CredentialError} `timeout` or `aborted`, when the signal ends the wait.
 */
export async function withFileLock<T>(
  file: string,
  task: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const holder: Holder = { host: hostname(), pid: process.pid, task: randomUUID() };
  const own = JSON.stringify(holder);
  while (!(await create(file, own))) {
    const held = await readFile(file, "utf8").catch(() => undefined);
    if (held !== undefined && (await isAbandoned(file, held))) {
      await unlinkIf(file, held);
      continue;
    }
    await delay(20 + Math.random() * 30, undefined, { signal }).catch(() => {
      throw stopped(
        signal,
        `Another ${isOwn(held) ? "use in this process" : "process"} did not release the refresh token`,
        `Check the process whose id is in ${file}`,
      );
    });
  }
  try {
    return await task();
  } finally {
    await unlinkIf(file, own);
  }
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // A full disk has room for the name only.
    await unlinkIf(file, "");
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

async function unlinkIf(file: string, content: string): Promise<void> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === content) await unlink(file).catch(() => undefined);
}

function isOwn(content: string | undefined): boolean {
  const holder = parse(content ?? "");
  return holder?.host === hostname() && holder.pid === process.pid;
}

async function isAbandoned(file: string, content: string): Promise<boolean> {
  const holder = parse(content);
  const isHere = holder?.host === hostname();
  if (isHere && holder.pid !== process.pid && !isAlive(holder.pid)) return true;
  const ageMs = await ageOf(file);
  if (ageMs > (holder ? leaseMs : namingMs)) return true;
  // Left by an earlier program with the same process id, as in a container.
  return isHere && holder.pid === process.pid && ageMs > process.uptime() * 1000;
}

/** Compares two times of the file system, so that differing clocks don't matter. */
async function ageOf(file: string): Promise<number> {
  // Created beside the token: if this process is killed now, the next writer removes it.
  const probe = momentaryName(file.replace(/\.lock$/, ""));
  await writeFile(probe, "", { flag: "wx", mode: 0o600 });
  const now = await stat(probe).finally(() => unlink(probe));
  const since = await stat(file).catch(() => now);
  return now.mtimeMs - since.mtimeMs;
}

/** Returns undefined for a lock that is being written. */
function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}
