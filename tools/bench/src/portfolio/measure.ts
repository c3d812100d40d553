import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../../../apps/cli/dist/cli.js", import.meta.url));
const mock = fileURLToPath(new URL("../../../../packages/mock/dist/cli.js", import.meta.url));

export const customerId = (at: number): string =>
  `20000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

/** Writes a file with a number of different customers. */
export async function writeRows(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write("customerId,qualification,educationSegment\n");
  for (let at = 0; at < rows; at += 1000) {
    const lines = Array.from(
      { length: Math.min(1000, rows - at) },
      (_, one) => `${customerId(at + one)},Education,K12\n`,
    );
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/**
 * Starts the mock in a separate process, so that it does not share a thread with the measured program.
 */
export async function startMock(args: string[]): Promise<{ url: string } & Disposable> {
  const child = spawn(process.execPath, [mock, "--port", "0", "--log", "none", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const url = /http:\/\/[\d.:]+/.exec(text)?.[0];
    if (url !== undefined) return { url, [Symbol.dispose]: () => void child.kill() };
  }
  throw new Error("The mock did not start");
}

export interface Measured {
  seconds: number;
  /** Peak memory of the process, in MB (Linux). */
  peakMb: number;
  code: number | null;
  output: string;
}

/** Runs the command to its end and measures it. */
export async function runCli(args: string[]): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => (output += String(text)));
  let peakMb = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }, 100);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(watch);
  return { seconds: (performance.now() - began) / 1000, peakMb, code, output };
}
