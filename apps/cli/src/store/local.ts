import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join, resolve } from "node:path";
import { json, text } from "node:stream/consumers";
import { CommandError } from "../failure.ts";
import type { Database, Queries } from "./database.ts";
import { lockFile } from "./lock.ts";

/**
 * Opens the PostgreSQL in a folder (PGlite), which only one process can do.
 *
 * Other commands reach the database through that process: it answers their SQL on a socket in the folder, which only
 * this user can enter.
 *
 * @param folder Created if it does not exist.
 * @param purpose `work` needs the folder for itself; `read` uses another process's database where there is one.
 * @throws {CommandError} When the folder cannot be used, or another process works in it.
 */
export async function openLocal(folder: string, purpose: "work" | "read"): Promise<Database> {
  const place = resolve(folder);
  const socket =
    process.platform === "win32"
      ? `\\\\.\\pipe\\qualifications-${Buffer.from(place).toString("hex").slice(-80)}`
      : join(place, "socket");
  if (purpose === "read" && !existsSync(join(place, "database"))) {
    throw new CommandError(
      `There is no portfolio in ${place}. Begin one with: qualifications portfolio run FILE`,
    );
  }
  let release: (() => void) | undefined;
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    release = lockFile(join(place, "lock"));
  } catch (error) {
    throw new CommandError(
      `Cannot use the folder ${place} (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}). Choose another with --state.`,
    );
  }
  if (!release) {
    if (purpose === "read") return reachOther(place, socket);
    throw new CommandError(
      `Another command (process ${ownerOf(place)}) works in ${place}. Wait for it, or choose another folder with --state.`,
    );
  }
  try {
    writeFileSync(join(place, "process"), String(process.pid));
    const { PGlite } = await import("@electric-sql/pglite");
    const database = await PGlite.create(join(place, "database"));
    const server = await serve(socket, database);
    return {
      place,
      isExclusive: true,
      query: queriesOf(database).query,
      transaction: (run) => database.transaction((tx) => run(queriesOf(tx))),
      async [Symbol.asyncDispose]() {
        server?.closeAllConnections();
        server?.close();
        await database.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

interface PgliteLike {
  query<T>(sql: string, values?: unknown[]): Promise<{ rows: T[] }>;
  exec(sql: string): Promise<{ rows: unknown[] }[]>;
}

const queriesOf = (database: PgliteLike): Queries => ({
  async query<T>(sql: string, values?: unknown[]) {
    if (values?.length) return (await database.query<T>(sql, values)).rows;
    return (await database.exec(sql)).flatMap(({ rows }) => rows as T[]);
  },
});

const ownerOf = (place: string): string => {
  try {
    return readFileSync(join(place, "process"), "utf8");
  } catch {
    return "unknown";
  }
};

/** A long path cannot be a socket; then other commands have to wait until this one ends. */
async function serve(socket: string, database: PgliteLike): Promise<Server | undefined> {
  rmSync(socket, { force: true });
  const server = createServer(async (message, response) => {
    try {
      const { sql, values } = (await json(message)) as { sql: string; values?: unknown[] };
      response.end(JSON.stringify(await queriesOf(database).query(sql, values)));
    } catch (error) {
      response.writeHead(400).end((error as Error).message);
    }
  }).listen(socket);
  try {
    await once(server, "listening");
    return server.unref();
  } catch {
    return undefined;
  }
}

function reachOther(place: string, socketPath: string): Database {
  const query = async <T>(sql: string, values?: unknown[]): Promise<T[]> => {
    const message = request({ socketPath, method: "POST" });
    message.end(JSON.stringify({ sql, values }));
    try {
      const [response] = await once(message, "response");
      if (response.statusCode === 200) return (await json(response)) as T[];
      throw new Error(await text(response));
    } catch (error) {
      if (!(error as NodeJS.ErrnoException).code) throw error;
      throw new CommandError(
        `Process ${ownerOf(place)} works in ${place} and cannot be reached. Run this command again when it has ended.`,
      );
    }
  };
  return {
    place,
    isExclusive: false,
    query,
    transaction: () =>
      Promise.reject(new Error("A database of another process has no transactions")),
    async [Symbol.asyncDispose]() {},
  };
}
