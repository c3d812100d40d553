// A thread with PGlite. Its statements take milliseconds of processor time, during which requests go on.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import type { Answer, Statement } from "./pglite-thread.ts";
import { queriesOf } from "./pglite.ts";

// One process needs a fraction of the memory that PostgreSQL reserves for a server.
const startParams = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];
const pglite = await PGlite.create({ dataDir: workerData as string, startParams });
const { query } = queriesOf(pglite);

const port = parentPort as MessagePort;
const answer = (message: Answer): void => port.postMessage(message);

port.on("message", async ({ sql, values }: Statement) => {
  try {
    if (sql === null) await pglite.close();
    answer({ rows: sql === null ? [] : await query(sql, values) });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    answer({ message, code });
  }
});
answer({ rows: [] });
