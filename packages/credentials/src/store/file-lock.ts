import { randomUUID } from "node:crypto";
import { open, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { stopped } from "../within-time.ts";

/** Tells this run of the program from an earlier one with the same process id, as in a container. */
const run = randomUUID();
/** A holder on another machine is given up after this long; no exchange takes longer than a minute. */
const leaseMs = 90_000;
/** One who has not even written its name by then was killed as it began. */
const namingMs = 5_000;

interface Holder {
  host: string;
  pid: number;
  run: string;
}

/**
 * Runs a task while no other process does so with the same lock file. The lock of a process that was
 * killed is taken over. Two may take one over at the same moment and both run; that costs a second
 * exchange and nothing else, because a token is only replaced by whoever read it.
 *
 * @throws {CredentialError} `timed_out` or `aborted`, when the signal ends the waiting.
 */
export async function withFileLock<T>(
  file: string,
  task: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const own = JSON.stringify({ host: hostname(), pid: process.pid, run } satisfies Holder);
  while (!(await create(file, own))) {
    const held = await readFile(file, "utf8").catch(() => undefined);
    if (held !== undefined && (await isAbandoned(file, held))) {
      await unlinkIf(file, held);
      continue;
    }
    await delay(20 + Math.random() * 30, undefined, { signal }).catch(() => {
      throw stopped(
        signal,
        "Another process did not release the refresh token",
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
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(content).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function unlinkIf(file: string, content: string): Promise<void> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === content) await unlink(file).catch(() => undefined);
}

async function isAbandoned(file: string, content: string): Promise<boolean> {
  const holder = parse(content);
  if (holder?.host === hostname()) {
    return holder.pid === process.pid ? holder.run !== run : !isAlive(holder.pid);
  }
  // Both times are the file system's, so it does not matter how clocks differ.
  const probe = `${file}.${run}`;
  await writeFile(probe, "", { mode: 0o600 });
  const now = await stat(probe);
  await unlink(probe);
  const since = await stat(file).catch(() => now);
  return now.mtimeMs - since.mtimeMs > (holder ? leaseMs : namingMs);
}

/** Nothing for a lock that is being written at this moment. */
function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
