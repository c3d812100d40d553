import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { createServer, request } from "node:http";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { CommandError } from "../failure.ts";
import type { Database, Queries } from "./database.ts";
import { startPglite } from "./pglite-thread.ts";

/**
 * Opens the PostgreSQL in a folder (PGlite), which only one process can do.
 *
 * Other commands reach the database through that process: it answers their SQL on a socket in the folder, which only
 * this user can enter.
 *
 * @param folder Created if it does not exist.
 * @param isReader Whether another process's database does, where there is one.
 * @throws {CommandError} When the folder cannot be used, or another process works in it.
 */
export async function openLocal(folder: string, isReader: boolean): Promise<Database> {
  const place = resolve(folder);
  const pipe = Buffer.from(place).toString("hex").slice(-80);
  const socket =
    process.platform === "win32" ? `\\\\.\\pipe\\qualifications-${pipe}` : join(place, "socket");
  const lock = lockFolder(place);
  if (!lock) {
    if (isReader) return reachOther(place, socket);
    throw new CommandError(
      `Another command (process ${ownerOf(place)}) is using ${place}. Wait for it to finish, or choose another folder with --state.`,
    );
  }
  try {
    writeFileSync(join(place, "process"), String(process.pid));
    checkSpace(place);
    const database = await openPglite(join(place, "database"));
    const { query } = database;
    const server = serve(socket, query);
    return {
      place,
      isExclusive: true,
      query,
      transaction: async (run) => {
        checkSpace(place);
        return database.transaction(run);
      },
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await database.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Locks a folder for this process, or returns `undefined` when another has it. The operating system holds the lock,
 * through SQLite, so it ends with the process however that ends. Node has no other way to lock a file.
 */
function lockFolder(place: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(place, "lock"));
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
    return lock;
  } catch (error) {
    lock?.close();
    const { code, message } = error as NodeJS.ErrnoException;
    if (/locked|busy/i.test(message)) return undefined;
    if (/\bfull\b/.test(message)) throw Object.assign(error as Error, { code: "ENOSPC" });
    throw new CommandError(
      `Cannot use the folder ${place} (${code === "ERR_SQLITE_ERROR" ? message : code}). Choose another with --state.`,
    );
  }
}

/** PGlite never returns from a statement for whose log the disk has no space, so writing stops before that. */
const leastFreeBytes = 16 * 1024 * 1024;

function checkSpace(place: string): void {
  const { bavail, bsize } = statfsSync(place);
  if (bavail * bsize < leastFreeBytes)
    throw Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
}

async function openPglite(dataDir: string) {
  if (!existsSync(dataDir)) {
    const { extract } = await import("tar");
    const unpacked = await mkdtemp(`${dataDir}-`);
    const empty = new URL("../generated/database.tar.gz", import.meta.url);
    await extract({ file: fileURLToPath(empty), cwd: unpacked });
    await rename(unpacked, dataDir);
  }
  return startPglite(dataDir).catch((error: unknown) => {
    const { message = error } = Object(error) as { message?: unknown };
    throw new CommandError(
      `Cannot open the database in ${dataDir} (${String(message)}). If it is damaged, restore the folder or choose another with --state.`,
    );
  });
}

/** The process that has the lock writes its id before anything that takes time. */
const ownerOf = (place: string): string => readFileSync(join(place, "process"), "utf8");

function serve(socket: string, query: Queries["query"]) {
  rmSync(socket, { force: true });
  const server = createServer(async (message, response) => {
    try {
      const { sql, values } = (await json(message)) as { sql: string; values?: unknown[] };
      response.end(JSON.stringify(await query(sql, values)));
    } catch (error) {
      response.writeHead(400).end((error as Error).message);
    }
  });
  // A long path cannot be a socket; then other commands have to wait until this one ends.
  server.on("error", () => {}).listen(socket);
  return server.unref();
}

function reachOther(place: string, socketPath: string): Database {
  const query = async <T>(sql: string, values?: unknown[]): Promise<T[]> => {
    const message = request({ socketPath, method: "POST" }).end(JSON.stringify({ sql, values }));
    const [response] = await once(message, "response").catch(() => {
      throw new CommandError(
        `Process ${ownerOf(place)} is using ${place} but does not respond. Run this command again after it has ended.`,
      );
    });
    if (response.statusCode === 200) return (await json(response)) as T[];
    throw new Error(await text(response));
  };
  return { place, isExclusive: false, query, transaction: none, async [Symbol.asyncDispose]() {} };
}

const none = () => Promise.reject(new Error("The database of another process has no transactions"));
