import { PgBoss } from "pg-boss";
import { type Database, forBoss, type Queries } from "../store/database.ts";

/** The two kinds of jobs: request a row's qualification, and follow it to its outcome. */
export const queueNames = {
  request: "qualifications-request",
  follow: "qualifications-follow",
} as const;
export type Kind = keyof typeof queueNames;

export interface Job {
  kind: Kind;
  id: string;
  retryCount: number;
  /** The id of the row. */
  row: number;
}

/** Back-off is a second at first and an hour at most, so this is about a day and a half. */
export const mostRetries = 48;

/**
 * Opens the queues of a portfolio: pg-boss stores, schedules and locks the jobs, and repeats those of a worker that was
 * lost.
 *
 * @param leaseSeconds How long a worker may have a job before it counts as lost.
 */
export async function openQueues(database: Database, leaseSeconds: number) {
  const boss = new PgBoss({
    db: forBoss(database),
    backend: database.isExclusive ? "pglite" : "postgres",
    // Alone, this process knows which jobs were abandoned, and there is nothing to supervise.
    supervise: !database.isExclusive,
    superviseIntervalSeconds: Math.max(1, Math.ceil(leaseSeconds / 6)),
    monitorIntervalSeconds: Math.max(1, Math.ceil(leaseSeconds / 6)),
    schedule: false,
    registerInstance: false,
  });
  // A database that cannot be reached is reported by the statement that needs it.
  boss.on("error", () => {});
  await boss.start();
  const options = {
    retryLimit: mostRetries,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 3600,
    retentionSeconds: 90 * 86_400,
    expireInSeconds: leaseSeconds,
  };
  await boss.createQueue("qualifications-failed", { retentionSeconds: 90 * 86_400 });
  for (const name of Object.values(queueNames)) {
    await boss.createQueue(name, { ...options, deadLetter: "qualifications-failed" });
    // What pg-boss knows of a queue is read now and not inside a transaction, where it could not be.
    await boss.getQueue(name);
    await boss.fetch(name, { batchSize: 1, minPriority: 1_000_000 });
  }
  return {
    async add(
      queries: Queries,
      kind: Kind,
      jobs: { row: number; afterMs: number }[],
    ): Promise<void> {
      if (jobs.length === 0) return;
      const now = Date.now();
      await boss.insert(
        queueNames[kind],
        jobs.map(({ row, afterMs }) => ({
          data: { row },
          ...(afterMs > 0 && { startAfter: new Date(now + afterMs).toISOString() }),
        })),
        { db: forBoss(queries) },
      );
    },
    async fetch(queries: Queries, kind: Kind, count: number): Promise<Job[]> {
      if (count < 1) return [];
      const jobs = await boss.fetch<{ row: number }>(queueNames[kind], {
        batchSize: count,
        includeMetadata: true,
        db: forBoss(queries),
      });
      return jobs.map(({ id, retryCount, data }) => ({ kind, id, retryCount, row: data.row }));
    },
    async remove(queries: Queries, kind: Kind, jobs: Job[]): Promise<void> {
      if (jobs.length > 0)
        await boss.deleteJob(queueNames[kind], attempts(jobs), { db: forBoss(queries) });
    },
    /** Removes jobs of a process that has ended. */
    async discard(queries: Queries, ids: string[]): Promise<void> {
      for (const name of Object.values(queueNames))
        await boss.deleteJob(name, ids, { db: forBoss(queries) });
    },
    /** Lets pg-boss repeat jobs after its back-off, or put them aside after the last time. */
    async fail(queries: Queries, kind: Kind, jobs: Job[]): Promise<void> {
      if (jobs.length > 0)
        await boss.fail(queueNames[kind], attempts(jobs), null, { db: forBoss(queries) });
    },
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

export type Queues = Awaited<ReturnType<typeof openQueues>>;

const attempts = (jobs: Job[]) => jobs.map(({ id, retryCount }) => ({ id, retryCount }));
