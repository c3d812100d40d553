import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../../../apps/cli/dist/cli.js", import.meta.url));
const mock = fileURLToPath(new URL("../../../../packages/mock/dist/cli.js", import.meta.url));

export const customerId = (at: number): string =>
  `20000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

/** Writes a file with a number of different customers. */
export async function writeRows(folder: string, rows: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${rows}.csv`);
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
  return file;
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
  }, 50);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`qualifications ${args.join(" ")} ended with ${code}\n${output}`);
  return { seconds: (performance.now() - began) / 1000, peakMb, output };
}

export interface Exchange {
  number: number;
  at: number;
  method: string;
  path: string;
  status: number;
  /** Whether it wrote an audit record: each request does once, however often it is repeated. */
  isRecorded: boolean;
}

/** Starts the command, to be killed. */
export function spawnCli(args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { stdio: "ignore" });
  return {
    /** Waits until the mock's journal is as it should be. */
    async until(url: string, isDone: (exchanges: Exchange[]) => boolean): Promise<void> {
      const exchanges: Exchange[] = [];
      for (;;) {
        exchanges.push(...(await readJournal(url, exchanges.at(-1)?.number)));
        if (isDone(exchanges)) return;
        if (child.exitCode !== null) throw new Error(`The run ended with ${child.exitCode}`);
        await sleep(50);
      }
    },
    async kill(): Promise<void> {
      if (child.exitCode !== null) return;
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** Reads what the mock has recorded after an exchange. */
export async function readJournal(url: string, after = 0): Promise<Exchange[]> {
  const found: Exchange[] = [];
  for (;;) {
    const last = found.at(-1)?.number ?? after;
    const response = await fetch(`${url}/_mock/journal?after=${last}&limit=1000`);
    const { log } = (await response.json()) as {
      log: {
        entries: {
          _number: number;
          startedDateTime: string;
          request: { method: string; url: string };
          response: { status: number };
          _auditRecord?: object;
        }[];
      };
    };
    if (log.entries.length === 0) return found;
    for (const { _number, startedDateTime, request, response: reply, ...rest } of log.entries) {
      const at = Date.parse(startedDateTime);
      found.push({
        number: _number,
        at,
        method: request.method,
        path: new URL(request.url).pathname,
        status: reply.status,
        isRecorded: "_auditRecord" in rest,
      });
    }
  }
}

/** Lets the mock fail, or be slow. */
export function addFault(url: string, fault: object): Promise<void> {
  return control(url, "POST", "faults", fault);
}

/** Sends a request to the mock's control API. */
export async function control(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const headers = { "content-type": "application/json" };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/_mock/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
}
