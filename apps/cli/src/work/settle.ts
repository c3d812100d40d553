import type { Database } from "../store/database.ts";
import { changeRows, type Row } from "../store/portfolio.ts";
import type { Result } from "./outcome.ts";
import { type Job, mostRetries, type Queues } from "./queues.ts";

/** What became of a job of a row. */
export type Settled<R extends Row> = Result & { row: R; job: Job };

/**
 * Records what jobs found out, and adds the next job of each row, in one transaction. A row that another worker has
 * claimed meanwhile is left to that worker.
 *
 * @param waitMs How long a row waits for its next job.
 */
export async function settle<R extends Row>(
  database: Database,
  queues: Queues,
  settled: Settled<R>[],
  waitMs: (one: Settled<R>) => number,
): Promise<void> {
  for (const { next, job, change } of settled) {
    if (next !== "backOff" || job.retryCount < mostRetries) continue;
    const { waiting } = change;
    Object.assign(change, {
      state: "ended",
      outcome: "Failed",
      reason: waiting,
      waiting: undefined,
    });
    change.ended_at = Date.now();
  }
  await database.transaction(async (queries) => {
    const changed = await changeRows(
      queries,
      settled.map(({ change }) => change),
    );
    const own = settled.filter(({ row }) => changed.has(row.id));
    for (const kind of ["request", "follow"] as const) {
      const done = own.filter(({ job }) => job.kind === kind);
      await queues.fail(
        queries,
        kind,
        done.filter(isRepeated).map(({ job }) => job),
      );
      await queues.remove(
        queries,
        kind,
        done.filter((one) => !isRepeated(one)).map(({ job }) => job),
      );
      const next = own.filter(
        ({ next: after, change: { state } }) =>
          typeof after === "number" && state === (kind === "follow" ? "inReview" : "queued"),
      );
      await queues.add(
        queries,
        kind,
        next.map((one) => ({ row: one.row.id, afterMs: waitMs(one) })),
      );
    }
  });
}

const isRepeated = ({ next }: Result) => next === "backOff";
