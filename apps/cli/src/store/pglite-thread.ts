import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import type { Queries } from "./database.ts";

/** SQL for the thread; null closes the database. */
export interface Statement {
  sql: string | null;
  values?: unknown[] | undefined;
}

/** The rows, or what is known of an error: a copied one has its message only. */
export type Answer = { rows: unknown[] } | { message: string; code?: string | undefined };

/**
 * Opens the PostgreSQL in a folder in another thread, so that requests go on while a statement runs.
 *
 * @throws {Error} When the database is damaged.
 */
export async function startPglite(dataDir: string) {
  const url = new URL("./pglite-worker.js", import.meta.url);
  const thread = new Worker(url, { workerData: dataDir });
  const asked: PromiseWithResolvers<unknown[]>[] = [];
  const next = <T>() => {
    const answer = Promise.withResolvers<T[]>();
    asked.push(answer as PromiseWithResolvers<unknown[]>);
    return answer.promise;
  };
  // Answers come in the order of the statements.
  thread.on("message", (answer: Answer) => {
    const { resolve, reject } = asked.shift()!;
    if ("rows" in answer) resolve(answer.rows);
    else reject(Object.assign(new Error(answer.message), answer));
  });
  let failure: unknown;
  thread.on("error", (error) => {
    failure = error;
    for (const { reject } of asked.splice(0)) reject(error);
  });
  const ask = <T>(sql: string | null, values?: unknown[]): Promise<T[]> => {
    // A thread that has failed answers nothing any more.
    if (failure !== undefined) return Promise.reject(failure);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage({ sql, values } satisfies Statement);
    return next<T>();
  };
  await next();
  // One statement or transaction at a time.
  const turn = pLimit(1);
  return {
    query: <T>(sql: string, values?: unknown[]) => turn(() => ask<T>(sql, values)),
    transaction: <T>(run: (queries: Queries) => Promise<T>) =>
      turn(async () => {
        await ask("begin");
        try {
          const result = await run({ query: ask });
          await ask("commit");
          return result;
        } catch (error) {
          await ask("rollback").catch(() => {});
          throw error;
        }
      }),
    async close() {
      await turn(() => ask(null));
      await thread.terminate();
    },
  };
}
