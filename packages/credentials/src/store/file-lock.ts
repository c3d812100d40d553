import { randomUUID } from "node:crypto";
import { readFile, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { stopped } from "../errors/stopped.ts";
import { isAlive, momentaryName } from "./left-overs.ts";

/** A holder is given up after this long, since its process id may be another's by now; no exchange takes longer than a minute. */
const leaseMs = 90_000;
/** One who has not even written its name by then was killed as it began. */
const namingMs = 5_000;

interface Holder {
  host: string;
  pid: number;
  /** Tells this task from another one of the same process. */
  task: string;
}

/**
 * Runs a task while no other process does so with the same lock file. The lock of a process that was
 * killed is taken over. Two may take one over at the same moment and both run; that costs a second
 * exchange and nothing else, because a token is only replaced by whoever read it, and as a whole.
 *
 * @throws {CredentialError} `timeout` or `aborted`, when the signal ends the waiting.
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
        `See whose process id is in ${file}`,
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
    // A full disk has room for a name alone.
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
  // Of an earlier program that had this one's process id, as in a container.
  return isHere && holder.pid === process.pid && ageMs > process.uptime() * 1000;
}

/** Both times are the file system's, so it does not matter how clocks differ. */
async function ageOf(file: string): Promise<number> {
  // Beside the token, where the next one to write removes it if this process is killed now.
  const probe = momentaryName(file.replace(/\.lock$/, ""));
  await writeFile(probe, "", { flag: "wx", mode: 0o600 });
  const now = await stat(probe).finally(() => unlink(probe));
  const since = await stat(file).catch(() => now);
  return now.mtimeMs - since.mtimeMs;
}

/** Nothing for a lock that is being written at this moment. */
function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}
