import { PgBoss } from "pg-boss";
import type { Database, Queries } from "../store/database.ts";
import { changeRows, type ClaimedRow, claimRows } from "../store/portfolio.ts";
import type { Result } from "./outcome.ts";

/** The two kinds of jobs: request a row's qualification, and follow it to its outcome. */
const kinds = ["request", "follow"] as const;
type Kind = (typeof kinds)[number];

interface Job {
  kind: Kind;
  id: string;
  retryCount: number;
  /** The id of the row. */
  row: number;
}

/** Back-off is a second at first and an hour at most, so this is about a day and a half. */
const mostRetries = 48;
const retentionSeconds = 90 * 86_400;
const deadLetter = "qualifications-failed";
const nameOf = (kind: Kind) => `qualifications-${kind}`;

/** As pg-boss wants a database. */
const asDb = (queries: Queries) => ({
  executeSql: async (text: string, values?: unknown[]) => ({
    rows: await queries.query<never>(text, values),
  }),
});

/**
 * Opens the queues of a portfolio: pg-boss stores, schedules and locks the jobs, and repeats those of a worker that was
 * lost.
 *
 * @param leaseSeconds How long a worker may have a job before it counts as lost.
 */
export async function openQueues(database: Database, leaseSeconds: number) {
  const interval = Math.max(1, Math.ceil(leaseSeconds / 6));
  const boss = new PgBoss({
    db: asDb(database),
    backend: database.isExclusive ? "pglite" : "postgres",
    // Alone, this process knows which jobs were abandoned, and there is nothing to supervise.
    supervise: !database.isExclusive,
    superviseIntervalSeconds: interval,
    monitorIntervalSeconds: interval,
    schedule: false,
    registerInstance: false,
  });
  // A database that cannot be reached is reported by the statement that needs it.
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue(deadLetter, { retentionSeconds });
  for (const name of kinds.map(nameOf)) {
    await boss.createQueue(name, {
      retryLimit: mostRetries,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 3600,
      retentionSeconds,
      expireInSeconds: leaseSeconds,
      deadLetter,
    });
    // What pg-boss knows of a queue is read now and not inside a transaction, where it could not be.
    await boss.getQueue(name);
    await boss.fetch(name, { batchSize: 1, minPriority: 1_000_000 });
  }
  return {
    /** Adds a job for each row, to start after `afterMs`. */
    async add(queries: Queries, kind: Kind, jobs: { row: number; afterMs: number }[]) {
      if (jobs.length === 0) return;
      const inserts = jobs.map(({ row, afterMs }) => ({
        data: { row },
        ...(afterMs > 0 && { startAfter: new Date(Date.now() + afterMs).toISOString() }),
      }));
      await boss.insert(nameOf(kind), inserts, { db: asDb(queries) });
    },
    /** Takes due jobs. */
    async fetch(queries: Queries, kind: Kind, count: number): Promise<Job[]> {
      if (count < 1) return [];
      const options = { batchSize: count, db: asDb(queries) };
      const jobs = await boss.fetch<{ row: number }>(nameOf(kind), options);
      return jobs.map(({ id, retryCount, data }) => ({ kind, id, retryCount, row: data.row }));
    },
    /** Removes jobs that are done, or lets pg-boss repeat them after its back-off. */
    async end(queries: Queries, how: "remove" | "repeat", jobs: Job[]) {
      for (const kind of kinds) {
        const own = jobs.filter((job) => job.kind === kind);
        if (own.length === 0) continue;
        const attempts = own.map(({ id, retryCount }) => ({ id, retryCount }));
        const options = { db: asDb(queries) };
        if (how === "remove") await boss.deleteJob(nameOf(kind), attempts, options);
        else await boss.fail(nameOf(kind), attempts, null, options);
      }
    },
    /** Makes jobs due again that a process had when it ended. */
    async recover(queries: Queries, ids: string[]) {
      for (const name of kinds.map(nameOf)) {
        await boss.cancel(name, ids, { db: asDb(queries) });
        await boss.resume(name, ids, { db: asDb(queries) });
      }
    },
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

export type Queues = Awaited<ReturnType<typeof openQueues>>;

export type Claimed = ClaimedRow & { job: Job };

/** Claims due jobs with their rows: those in review first, but no more than half. */
export function claimJobs(database: Database, queues: Queues, count: number): Promise<Claimed[]> {
  return database.transaction(async (queries) => {
    const half = Math.floor(count / 2 + Math.random());
    const follow = await queues.fetch(queries, "follow", half);
    const rest = await queues.fetch(queries, "request", count - follow.length);
    const jobs = new Map([...follow, ...rest].map((job) => [`${job.id}:${job.retryCount}`, job]));
    if (jobs.size === 0) return [];
    const rows = await claimRows(
      queries,
      [...jobs].map(([claim, { row, kind }]) => ({ id: row, claim, sends: kind === "request" })),
    );
    const claimed = rows.map((row) => ({ ...row, job: jobs.get(row.claim)! }));
    for (const { claim } of rows) jobs.delete(claim);
    // Of rows that were cancelled.
    await queues.end(queries, "remove", [...jobs.values()]);
    return claimed;
  });
}

/**
 * Records what jobs found out, and adds the next job of each row, in one transaction. A row that another worker has
 * claimed meanwhile is left to that worker.
 *
 * @param waitMs How long a row waits for its next job.
 */
export async function settle(
  database: Database,
  queues: Queues,
  settled: { row: Claimed; result: Result }[],
  waitMs: (row: Claimed, result: Result) => number,
): Promise<void> {
  const changes = settled.map(({ row, result: { patch, next } }) => {
    const known = { waiting: null, reason: null, code: null, ...patch };
    const isGivenUp = next === "backOff" && row.job.retryCount >= mostRetries;
    const end = { state: "ended", outcome: "Failed", waiting: null, ended_at: Date.now() } as const;
    return { id: row.id, claim: row.claim, patch: isGivenUp ? { ...known, ...end } : known };
  });
  await database.transaction(async (queries) => {
    const changed = await changeRows(queries, changes);
    const own = settled.filter(({ row }) => changed.has(row.id));
    const jobs = (isRepeated: boolean) =>
      own.flatMap(({ row, result }) => ((result.next === "backOff") === isRepeated ? row.job : []));
    await queues.end(queries, "repeat", jobs(true));
    await queues.end(queries, "remove", jobs(false));
    for (const kind of kinds) {
      const next = own.filter(({ row, result: { patch, next: after } }) => {
        const state = patch.state ?? row.state;
        return typeof after === "number" && (state === "inReview") === (kind === "follow");
      });
      await queues.add(
        queries,
        kind,
        next.map(({ row, result }) => ({ row: row.id, afterMs: waitMs(row, result) })),
      );
    }
  });
}
