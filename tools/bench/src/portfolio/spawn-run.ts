import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../../../apps/cli/dist/cli.js", import.meta.url));

/** Starts the command in order to kill it. */
export function spawnRun(args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: "ignore" });
  return {
    /** Waits until the mock has received a number of requests. */
    async untilJournal(url: string, count: number): Promise<void> {
      for (;;) {
        const response = await fetch(`${url}/_mock/journal?after=${count - 1}&limit=1`);
        const { log } = (await response.json()) as { log: { entries: unknown[] } };
        if (log.entries.length > 0) return;
        if (child.exitCode !== null) throw new Error(`The run ended with ${child.exitCode}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async kill(): Promise<void> {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}
