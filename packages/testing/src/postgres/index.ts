import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** PostgreSQL refuses to run as root, so root runs it as another user, who may still enter root's folders. */
const asNobody = [
  "setpriv",
  "--reuid=nobody",
  "--regid=nogroup",
  "--clear-groups",
  "--securebits=+no_setuid_fixup",
  "--inh-caps=+dac_override,+dac_read_search",
  "--ambient-caps=+dac_override,+dac_read_search",
];

/** A PostgreSQL server on the loopback address. */
export interface Postgres extends AsyncDisposable {
  port: number;
  /** The URL of its database, at the server's port or at another that leads to it. */
  url(atPort?: number): string;
}

/**
 * Starts a PostgreSQL in a new folder. Both end when it is disposed.
 *
 * @throws {Error} With what PostgreSQL printed, if it does not start.
 */
export async function startPostgres(): Promise<Postgres> {
  const program = fileURLToPath(new URL("process.ts", import.meta.url));
  const [command = "", ...args] = [
    ...(process.getuid?.() === 0 ? asNobody : []),
    process.execPath,
    program,
  ];
  const child = spawn(command, args);
  const printed = text(child.stderr);
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", reject).on("close", () => resolve());
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), ended]);
  const port = Number(first?.value);
  if (!port) throw new Error(`PostgreSQL does not start: ${await printed}`);
  return {
    port,
    url: (atPort = port) => `postgres://postgres:secret@127.0.0.1:${atPort}/postgres`,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
