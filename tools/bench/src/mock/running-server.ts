import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { headers, pathOf } from "./requests.ts";
import type { ServerCommand } from "./servers.ts";

/** A server in a separate process. */
export class RunningServer implements AsyncDisposable {
  readonly url: string;
  /** From the start of the command to the first response, in milliseconds. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  get pid(): number {
    return this.#child.pid as number;
  }

  private constructor(url: string, startMs: number, child: ChildProcess) {
    this.url = url;
    this.startMs = startMs;
    this.#child = child;
  }

  static async start({ name, args }: ServerCommand): Promise<RunningServer> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const began = performance.now();
    const child = spawn(process.execPath, args(port), { stdio: ["ignore", "ignore", "inherit"] });
    for (;;) {
      const answer = await fetch(url + pathOf(0), { headers }).catch(() => undefined);
      if (answer?.status === 200) break;
      if (answer) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
      if (child.exitCode !== null) throw new Error(`${name} ended`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return new RunningServer(url, performance.now() - began, child);
  }

  /** Resident memory of the process, in megabytes. */
  rss(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
