import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Returns whether the port accepts connections. */
const isServed = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

const commands: [string, string[]][] = [
  ["the mock", []],
  ["Prism's own command", ["--static"]],
];

test.each(process.env.SWEEPS ? commands : commands.slice(0, 1))(
  "frees its port when killed: %s",
  async (_, args) => {
    const port = await freePort();
    const child = spawn(process.execPath, [command, "--port", String(port), ...args], {
      stdio: "ignore",
    });
    await expect.poll(() => isServed(port), { timeout: 30_000 }).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect.poll(() => isServed(port), { timeout: 10_000 }).toBe(false);
  },
  60_000,
);
