import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { run } from "./run.ts";
import { world } from "./world.ts";

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The command against a server, as somebody would run it in a terminal. */
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
    /** The address that the user is to open. */
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

/** What a browser does with an address: it follows it to its end, and shows the page. */
export async function browse(address: URL | string): Promise<{ status: number; text: string }> {
  const response = await fetch(address);
  return { status: response.status, text: await response.text() };
}
