import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { run } from "./run.ts";
import { world } from "./world.ts";

/** Returns a free port. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs the command against a server, as in a terminal. */
export async function consent(
  options: Parameters<typeof world>[0] = {},
  { args = ["--print"], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
) {
  const w = await world(options);
  const port = await freePort();
  const command = run("../dist/cli.js", ["--port", String(port), ...args], { ...w.env, ...env });
  return {
    ...w,
    port,
    command,
    /** The address to open. */
    async address(): Promise<URL> {
      await command.printed(/Waiting for the answer/);
      const [, address = ""] = await command.printed(/^ {2}(http\S+)$/m);
      return new URL(address);
    },
    async [Symbol.asyncDispose]() {
      command.child.kill();
      await command.ended;
      await w[Symbol.asyncDispose]();
    },
  };
}

/** Follows an address to its end like a browser, and returns the page. */
export async function browse(address: URL | string): Promise<{ status: number; text: string }> {
  const response = await fetch(address);
  return { status: response.status, text: await response.text() };
}
