import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { document } from "@partner-qualifications/spec/model";
import { UsageError, warnIfReachable } from "./messages.ts";

/** Stops Prism when this process ends, even by SIGKILL: its standard input is then closed. */
const leash =
  "--import=data:text/javascript,process.stdin.on('end',()=>process.exit()).resume().unref()";

/**
 * Runs `prism mock` itself on the contract, to show Prism's own behavior. Ends when Prism ends.
 *
 * @throws {UsageError} When Prism's command, an optional peer, is not installed.
 * @throws {NodeJS.ErrnoException} When the mock cannot listen on the address or port.
 */
export async function runPrism({ port, host }: { port: number; host: string }): Promise<void> {
  const command = findPrism();
  warnIfReachable(await probe(port, host));
  const folder = await mkdtemp(join(tmpdir(), "qualifications-mock-"));
  const contract = join(folder, "openapi.json");
  await writeFile(contract, JSON.stringify(document));
  const prism = spawn(
    process.execPath,
    [leash, command, "mock", "--port", String(port), "--host", host, contract],
    { stdio: ["pipe", "inherit", "inherit"] },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => prism.kill(signal));
  await new Promise<void>((resolve, reject) => {
    prism.once("error", reject);
    prism.once("exit", (code) => {
      process.exitCode = code ?? 0;
      resolve();
    });
  });
  await rm(folder, { recursive: true });
}

/** Returns the path of Prism's command. */
function findPrism(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
    return join(dirname(manifest), "dist", "index.js");
  } catch (error) {
    throw new UsageError(
      "--static needs @stoplight/prism-cli, which is not installed: npm install --save-dev @stoplight/prism-cli",
      { cause: error },
    );
  }
}

/** Listens briefly and returns the IP address. If a port is in use, Prism prints only its help. */
async function probe(port: number, host: string): Promise<string> {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  const { address } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return address;
}
