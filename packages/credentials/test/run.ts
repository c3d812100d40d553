import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export interface Run {
  readonly child: ChildProcess;
  /** Output so far. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves when the process ends. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Waits for matching output. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts a process with a clean environment, except for the path. */
export function run(file: string, args: string[], env: Record<string, string>): Run {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => (output[stream] += text));
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return {
    child,
    output,
    ended,
    async printed(pattern) {
      for (;;) {
        const found = pattern.exec(output.stdout + output.stderr);
        if (found) return found;
        const isOver = await Promise.race([
          ended.then(() => true),
          new Promise<false>((resolve) => setTimeout(resolve, 20, false)),
        ]);
        if (isOver && !pattern.test(output.stdout + output.stderr)) {
          throw new Error(`It ended without ${pattern}: ${output.stdout}${output.stderr}`);
        }
      }
    },
  };
}
