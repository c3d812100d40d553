import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { run as runHere } from "@partner-qualifications/cli";
import { onTestFinished, vi } from "vitest";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** An id that is a GUID, for the customer with a number. */
export const customerId = (number: number): string =>
  `10000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Starts the command as a user would, without a terminal. */
export function start(
  args: string[],
  env: Record<string, string> = {},
  cwd?: string,
): ChildProcess & { ended: Promise<Ended> } {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    cwd,
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]).then(
    ([out, err, [code]]): Ended => ({ code: code as number | null, out, err }),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  return Object.assign(child, { ended });
}

/** Runs the command in this process, which saves its start, and collects what it prints. */
export async function run(args: string[]): Promise<Ended> {
  const ended = { code: null as number | null, out: "", err: "" };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(keep("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(keep("err")),
    vi.spyOn(console, "log").mockImplementation((line: string) => void (ended.out += `${line}\n`)),
    vi
      .spyOn(console, "error")
      .mockImplementation((line: string) => void (ended.err += `${line}\n`)),
  ];
  function keep(name: "out" | "err") {
    return (chunk: string | Uint8Array): boolean => {
      ended[name] += String(chunk);
      return true;
    };
  }
  try {
    ended.code = await runHere(args);
    return ended;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** A folder for one test, and a portfolio's folder in it. */
export async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), "cli-"));
  return {
    folder,
    state: join(folder, "state"),
    async write(name: string, content: string | Buffer): Promise<string> {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The rows of `portfolio export --format json`. */
export async function exported(state: string): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await run([
    "portfolio",
    "export",
    "--state",
    state,
    "--format",
    "json",
  ]);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, unknown>[];
}
