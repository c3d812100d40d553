import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives this process and its children a separate temporary folder. It is removed when the process ends,
 * or, if the process is killed, by the next one, together with everything that tests, browsers and
 * copies left in it.
 */
export function useOwnTemporaryFolder(): void {
  const parent = tmpdir();
  // Containers may share the parent folder, so the name includes the host.
  const prefix = `partner-qualifications-${hostname()}-`;
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another run removes it at the same time, or a process of the killed one still writes there: the next run tries
      // again.
    }
  }
  const folder = join(parent, prefix + process.pid);
  mkdirSync(folder, { recursive: true });
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
