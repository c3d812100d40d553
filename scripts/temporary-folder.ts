import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives this process and its children a temporary folder of their own. It is removed when the process ends; when
 * that is killed, the next one removes it, with everything that tests, browsers and copies left in it.
 */
export function useOwnTemporaryFolder(): void {
  const parent = tmpdir();
  // A folder that containers share has processes of several hosts.
  const prefix = `partner-qualifications-${hostname()}-`;
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
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
