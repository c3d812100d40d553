import { setTimeout as sleep } from "node:timers/promises";
import type { QualificationsClient } from "@partner-qualifications/client";
import type { Database } from "../store/database.ts";
import {
  abandonedRows,
  claimRows,
  countRows,
  type Counts,
  openRows,
  queueRows,
  readFlag,
  type Row,
  sampleAges,
} from "../store/portfolio.ts";
import { Budget } from "./budget.ts";
import { considerWait, type Experience, isInSample, isWorthPoll, sampleWait } from "./forecast.ts";
import { keep, poll, request, type Result } from "./outcome.ts";
import { type Job, openQueues, type Queues } from "./queues.ts";
import { settle } from "./settle.ts";

export interface WorkerOptions {
  database: Database;
  client: QualificationsClient;
  /** How many requests are under way at once. */
  concurrency: number;
  /** Requests a second that are never exceeded. */
  rate: number;
  /** How many seconds of the service's time pass in one second. */
  speed: number;
  leaseSeconds: number;
  signal: AbortSignal;
  /** Whether to end when no row is open. */
  untilDone: boolean;
  onProgress: (progress: WorkProgress) => void;
}

export interface WorkProgress {
  counts: Counts;
  /** Requests that this worker has sent. */
  sent: number;
  rate: number | null;
  /** Why nothing is sent, if that is so. */
  waiting: string | undefined;
}

/** So many jobs are settled together. */
const batchSize = 100;
/** So many batches are under way at once: one is recorded while another is sent. */
const batches = 3;
const mostQueued = 5000;
const vacuumAfter = 20_000;

type Claimed = Row & { claim: string; job: Job };

/**
 * Works on a portfolio until no row is open, or until it is stopped.
 *
 * Each job is claimed in one transaction, and settled in one that also records what was found out and adds the row's
 * next job: whenever the process ends, every open row has one job.
 *
 * @throws {AuthenticationError} When the sign-in is refused; nothing is lost.
 */
export async function work(options: WorkerOptions): Promise<Counts> {
  const { database, leaseSeconds } = options;
  const queues = await openQueues(database, leaseSeconds);
  try {
    return await new Worker(options, queues).run();
  } finally {
    await queues.stop();
  }
}

class Worker {
  readonly #options: WorkerOptions;
  readonly #queues: Queues;
  readonly #budget: Budget;
  readonly #stop = new AbortController();
  /** A slot for each request that may be under way. */
  #free: number;
  readonly #waitingForSlot: (() => void)[] = [];
  #closedUntil = 0;
  #sent = 0;
  #changed = 0;
  #total = 0;
  #paused = false;
  #experience: Experience = { decided: [], open: 0 };
  #failure: unknown;

  constructor(options: WorkerOptions, queues: Queues) {
    this.#options = options;
    this.#queues = queues;
    this.#budget = new Budget(options.database, options.speed, options.rate);
    this.#free = options.concurrency;
    options.signal.addEventListener("abort", () => this.#stop.abort(), { once: true });
    if (options.signal.aborted) this.#stop.abort();
  }

  async run(): Promise<Counts> {
    if (this.#options.database.isExclusive) await this.#recover();
    await this.#tick();
    const loops = Array.from({ length: batches }, () => this.#loop());
    const ticks = this.#ticks();
    await Promise.all(loops.map((loop) => loop.catch((error: unknown) => this.#end(error))));
    this.#stop.abort();
    await ticks.catch((error: unknown) => this.#end(error));
    if (this.#failure !== undefined) throw this.#failure;
    return countRows(this.#options.database);
  }

  #end(error: unknown): void {
    this.#failure ??= error;
    this.#stop.abort();
  }

  /** Jobs of a process that was killed are done again at once. */
  async #recover(): Promise<void> {
    await this.#options.database.transaction(async (queries) => {
      const rows = await abandonedRows(queries);
      if (rows.length === 0) return;
      await this.#queues.discard(
        queries,
        rows.map(({ claim }) => claim.split(":")[0]!),
      );
      for (const [kind, state] of [
        ["request", "queued"],
        ["follow", "inReview"],
      ] as const) {
        const own = rows.filter((row) => row.state === state);
        await this.#queues.add(
          queries,
          kind,
          own.map(({ id }) => ({ row: id, afterMs: 0 })),
        );
      }
    });
  }

  async #ticks(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const began = performance.now();
      await this.#tick();
      // Counting a million rows takes most of a second, and must not be most of the work.
      const wait = Math.max(1000, (performance.now() - began) * 20);
      await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  /** Fills the queue, and reads what has changed. */
  async #tick(): Promise<void> {
    const { database, speed, onProgress, untilDone } = this.#options;
    const counts = await countRows(database);
    this.#total = counts.total;
    this.#paused = (await readFlag(database, "paused")) === "true";
    if (counts.planned > 0 && counts.queued < mostQueued) {
      await database.transaction(async (queries) => {
        const rows = await queueRows(queries, mostQueued);
        await this.#queues.add(
          queries,
          "request",
          rows.map(({ id }) => ({ row: id, afterMs: 0 })),
        );
      });
    }
    const { decided, open } = await sampleAges(database);
    this.#experience = { decided: decided.map((age) => age * speed), open };
    const { rate, closedForMs } = await this.#budget.read();
    const waiting = this.#paused
      ? "paused; continue with: qualifications portfolio resume"
      : closedForMs > 1000
        ? `Partner Center allows no requests (429); sending again at ${new Date(Date.now() + closedForMs).toISOString()}`
        : undefined;
    onProgress({ counts, sent: this.#sent, rate, waiting });
    if (database.isExclusive && this.#changed > vacuumAfter) {
      this.#changed = 0;
      // This PostgreSQL has no background process that would do it.
      await database.query("vacuum qualifications.row");
      await database.query("vacuum pgboss.job_common");
    }
    if (untilDone && openRows(counts) === 0) this.#stop.abort();
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const grant = this.#paused ? undefined : await this.#budget.reserve(batchSize);
      const rows = grant && grant.count > 0 ? await this.#claim(grant.count) : [];
      if (grant && rows.length > 0) await this.#batch(rows, grant.waitMs, grant.gapMs, grant.count);
      else {
        if (grant && grant.count > 0) await this.#budget.report(0, 0, 0, grant.count);
        const wait = Math.min(1000, Math.max(250, grant?.waitMs ?? 0));
        await sleep(wait, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** Claims due jobs with their rows: those in review first, but no more than half. */
  #claim(count: number): Promise<Claimed[]> {
    return this.#options.database.transaction(async (queries) => {
      const follow = await this.#queues.fetch(
        queries,
        "follow",
        Math.floor(count / 2 + Math.random()),
      );
      const jobs = [
        ...follow,
        ...(await this.#queues.fetch(queries, "request", count - follow.length)),
      ];
      if (jobs.length === 0) return [];
      const claims = jobs.map(({ id, retryCount, row, kind }) => ({
        id: row,
        claim: `${id}:${retryCount}`,
        sends: kind === "request",
      }));
      const rows = new Map((await claimRows(queries, claims)).map((row) => [row.claim, row]));
      const found = jobs.flatMap((job) => {
        const row = rows.get(`${job.id}:${job.retryCount}`);
        return row && (row.state === "queued") === (job.kind === "request")
          ? [{ ...row, job }]
          : [];
      });
      // Of rows that were cancelled.
      const claimed = new Set(found.map(({ job }) => job));
      for (const kind of ["request", "follow"] as const) {
        const stray = jobs.filter((job) => job.kind === kind && !claimed.has(job));
        await this.#queues.remove(queries, kind, stray);
      }
      return found;
    });
  }

  async #batch(rows: Claimed[], waitMs: number, gapMs: number, places: number): Promise<void> {
    const start = performance.now() + waitMs;
    let next = 0;
    let reported = 0;
    let accepted = 0;
    let refused = 0;
    const results = await Promise.all(
      rows.map(async (row): Promise<Result> => {
        const ageMs = (Date.now() - (row.requested_at ?? Date.now())) * this.#options.speed;
        if (row.job.kind === "follow" && !this.#isWorthPoll(row, ageMs)) {
          return { change: keep(row), next: 0, sent: false };
        }
        const due = start + next++ * gapMs;
        await this.#slot(due);
        try {
          if (performance.now() < this.#closedUntil || this.#stop.signal.aborted) {
            const waitLeft =
              Math.max(0, this.#closedUntil - performance.now()) * this.#options.speed;
            const waiting = waitLeft > 0 ? "throttled" : undefined;
            return { change: { ...keep(row), waiting }, next: waitLeft, sent: false };
          }
          const result = await this.#send(row, ageMs);
          this.#sent++;
          if (result.throttledMs === undefined) accepted++;
          else {
            const isFirst = performance.now() >= this.#closedUntil;
            this.#closedUntil = Math.max(
              this.#closedUntil,
              performance.now() + result.throttledMs / this.#options.speed,
            );
            refused++;
            if (isFirst) {
              const since = accepted - reported;
              reported = accepted;
              refused--;
              await this.#budget.report(since, 1, result.throttledMs);
            }
          }
          if (result.fatal) this.#end(result.fatal);
          return result;
        } finally {
          this.#release();
        }
      }),
    );
    await this.#settle(rows, results);
    const unsent = places - results.filter(({ sent }) => sent).length;
    const retryAfter = Math.max(0, this.#closedUntil - performance.now()) * this.#options.speed;
    await this.#budget.report(
      accepted - reported,
      refused,
      retryAfter,
      this.#closedUntil > performance.now() ? 0 : unsent,
    );
  }

  #send(row: Claimed, ageMs: number): Promise<Result> {
    const { client } = this.#options;
    // What is under way is finished when the worker stops: its outcome is worth the second it takes.
    const signal = AbortSignal.timeout(this.#options.leaseSeconds * 500);
    return row.job.kind === "request"
      ? request(client, row, signal)
      : poll(client, row, signal, ageMs);
  }

  #isWorthPoll(row: Row, ageMs: number): boolean {
    if (isInSample(row.id, this.#total)) return true;
    const polledAge =
      row.polled_at === null ? 0 : (row.polled_at - (row.requested_at ?? 0)) * this.#options.speed;
    return isWorthPoll(this.#experience, ageMs, polledAge);
  }

  async #slot(due: number): Promise<void> {
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waitingForSlot.push(resolve));
  }

  #release(): void {
    const next = this.#waitingForSlot.shift();
    if (next) next();
    else this.#free++;
  }

  async #settle(rows: Claimed[], results: Result[]): Promise<void> {
    const { database, speed } = this.#options;
    const settled = rows.map((row, at) => ({ row, job: row.job, ...results[at]! }));
    await settle(database, this.#queues, settled, ({ row, next, throttledMs, change, sent }) => {
      const isPaced = next === 0 && change.state === "inReview" && throttledMs === undefined;
      return (isPaced ? this.#followWait(row, sent) : Number(next)) / speed;
    });
    this.#changed += rows.length;
  }

  #followWait(row: Row, sent: boolean): number {
    const ageMs =
      row.requested_at === null ? 0 : (Date.now() - row.requested_at) * this.#options.speed;
    const wait = isInSample(row.id, this.#total) ? sampleWait(ageMs) : considerWait(ageMs);
    // A tenth up or down, so that rows that began together do not stay together.
    return wait * (sent ? 0.95 + Math.random() * 0.1 : 1);
  }
}
