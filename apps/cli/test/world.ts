import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { PGlite } from "@electric-sql/pglite";

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
  return Object.assign(child, { ended });
}

export const run = (args: string[], env?: Record<string, string>): Promise<Ended> =>
  start(args, env).ended;

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

const templates = fileURLToPath(new URL("../node_modules/.cache/", import.meta.url));

/** Creating a PostgreSQL takes seconds, so tests that are not about that begin with a copy of an empty one. */
export async function makeState(state: string): Promise<void> {
  const template = join(templates, "empty-database");
  if (!existsSync(template)) {
    await mkdir(templates, { recursive: true });
    const own = await mkdtemp(join(templates, "new-"));
    await (await PGlite.create(own)).close();
    // Another worker may have been first.
    await rename(own, template).catch(() => rm(own, { recursive: true }));
  }
  await mkdir(state, { recursive: true });
  await cp(template, join(state, "database"), { recursive: true });
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
