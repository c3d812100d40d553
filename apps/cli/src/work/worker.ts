import { setTimeout as sleep } from "node:timers/promises";
import type { QualificationsClient } from "@partner-qualifications/client";
import pLimit from "p-limit";
import type { Flags } from "../options.ts";
import type { Database } from "../store/database.ts";
import { countRows, type Counts, queueRows, sampleAges } from "../store/portfolio.ts";
import { Budget, type Grant } from "./budget.ts";
import { type Experience, isInSample, isWorthPoll, waitAtAge } from "./forecast.ts";
import { poll, request, type Result } from "./outcome.ts";
import { settleLost } from "./settle-lost.ts";
import { type Claimed, claimJobs, openQueues, type Queues, settle } from "./queues.ts";

export interface WorkerOptions extends Pick<Flags, "concurrency" | "rate" | "speed" | "lease"> {
  database: Database;
  client: QualificationsClient;
  signal: AbortSignal;
  /** Whether to end when no row is open. */
  untilDone: boolean;
  onProgress: (progress: WorkProgress) => void;
  /** Called with what else is worth a line. */
  onNote: (line: string) => void;
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
const batchSize = 300;
/** So many batches are under way at once: one is recorded while another is sent. */
const batches = 3;
const mostQueued = 5000;
const vacuumAfter = 5000;

/**
 * Works on a portfolio until no row is open, or until it is stopped.
 *
 * Each job is claimed in one transaction, and settled in one that also records what was found out and adds the row's
 * next job: whenever the process ends, every open row has one job.
 *
 * @throws {AuthenticationError} When the sign-in is refused; nothing is lost.
 */
export async function work(options: WorkerOptions): Promise<Counts> {
  const queues = await openQueues(options.database, options.lease);
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
  readonly #limit: ReturnType<typeof pLimit>;
  /** When the service accepts requests again, on the clock of `performance`. */
  #closedUntil = 0;
  #spent = { accepted: 0, refused: 0 };
  #sent = 0;
  #changed = 0;
  #counts: Counts | undefined;
  #experience: Experience = { decided: [], open: 0 };
  #failure: unknown;

  constructor(options: WorkerOptions, queues: Queues) {
    this.#options = options;
    this.#queues = queues;
    this.#budget = new Budget(options.database, options.rate);
    this.#limit = pLimit(options.concurrency);
    options.signal.addEventListener("abort", () => this.#stop.abort(), { once: true });
    if (options.signal.aborted) this.#stop.abort();
  }

  async run(): Promise<Counts> {
    const { database, client, speed, onNote } = this.#options;
    if (database.isExclusive) {
      await this.#recover();
      const rows = await settleLost(database, this.#queues, client, speed);
      if (rows > 0)
        onNote(
          `Settled ${rows} rows without a response from their audit records; saved ${rows} GETs.`,
        );
    }
    await this.#tick();
    const loops = Array.from({ length: batches }, () => this.#loop());
    const ticks = this.#ticks().catch(this.#end);
    await Promise.all(loops.map((loop) => loop.catch(this.#end)));
    this.#stop.abort();
    await ticks;
    if (this.#failure !== undefined) throw this.#failure;
    return countRows(database);
  }

  readonly #end = (error: unknown): void => {
    this.#failure ??= error;
    this.#stop.abort();
  };

  /** Does jobs of a process that was killed again at once. */
  async #recover(): Promise<void> {
    await this.#options.database.transaction(async (queries) => {
      const claims = await queries.query<{ job: string }>(
        "select split_part(claim, ':', 1) as job from qualifications.row where claim is not null",
      );
      const ids = claims.map(({ job }) => job);
      if (ids.length > 0) await this.#queues.recover(queries, ids);
    });
  }

  async #sleep(ms: number): Promise<void> {
    if (ms > 1) await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  async #ticks(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const countedMs = await this.#tick();
      // Counting a million rows takes most of a second, and must not be most of the work.
      await this.#sleep(Math.max(1000, countedMs * 20));
    }
  }

  /** Fills the queue, and reads what has changed. Returns how long the counting took. */
  async #tick(): Promise<number> {
    const { database, speed, onProgress, untilDone } = this.#options;
    const began = performance.now();
    const counts = await countRows(database);
    const countedMs = performance.now() - began;
    this.#counts = counts;
    if (counts.planned > 0 && counts.queued < mostQueued)
      await database.transaction(async (queries) => {
        const rows = await queueRows(queries, mostQueued);
        const jobs = rows.map(({ id }) => ({ row: id, afterMs: 0 }));
        await this.#queues.add(queries, "request", jobs);
      });
    const { decided, open } = await sampleAges(database);
    this.#experience = { decided: decided.map((age) => age * speed), open };
    const { rate, closedMs } = await this.#budget.read();
    let waiting: string | undefined;
    if (counts.paused) waiting = "paused; continue with: qualifications portfolio resume";
    else if (closedMs > 1000) {
      const again = new Date(Date.now() + closedMs).toISOString();
      waiting = `Partner Center allows no requests (429); sending again at ${again}`;
    }
    onProgress({ counts, sent: this.#sent, rate, waiting });
    if (database.isExclusive && this.#changed > vacuumAfter) {
      this.#changed = 0;
      // This PostgreSQL has no background process that would do it.
      await database.query("vacuum qualifications.row");
      await database.query("vacuum pgboss.job_common");
      // What has been written since is read again after a crash.
      await database.query("checkpoint");
    }
    if (untilDone && counts.open === 0) this.#stop.abort();
    return countedMs;
  }

  async #loop(): Promise<void> {
    const { database } = this.#options;
    while (!this.#stop.signal.aborted) {
      let idleMs = 250;
      if (!this.#counts?.paused) {
        const grant = await this.#budget.reserve(batchSize);
        const rows = grant.count > 0 ? await claimJobs(database, this.#queues, grant.count) : [];
        if (rows.length > 0) {
          await this.#batch(rows, grant);
          continue;
        }
        if (grant.count > 0) await this.#report({ unused: grant.count });
        idleMs = Math.max(idleMs, grant.wait);
      }
      await this.#sleep(Math.min(1000, idleMs));
    }
  }

  async #batch(rows: Claimed[], { count, wait, gap }: Grant): Promise<void> {
    const start = performance.now() + wait;
    let places = 0;
    const attempts = rows.map(async (row) => {
      if (row.job.kind === "follow" && !this.#isWorthPoll(row))
        return { row, result: { patch: {}, next: 0, sent: false } };
      const due = start + places++ * gap;
      return { row, result: await this.#limit(() => this.#attempt(row, due)) };
    });
    const settled = await Promise.all(attempts);
    const { speed } = this.#options;
    await settle(this.#options.database, this.#queues, settled, (row, { next, patch, sent }) => {
      if (next !== 0 || (patch.state ?? row.state) !== "inReview") return Number(next) / speed;
      // Up or down, so that rows that began together do not stay together.
      const spread = sent ? 0.95 + Math.random() * 0.1 : 1;
      return (waitAtAge(this.#age(row), this.#isInSample(row)) * spread) / speed;
    });
    this.#changed += rows.length;
    const sent = settled.filter(({ result }) => result.sent).length;
    await this.#report({ unused: this.#closedUntil > performance.now() ? 0 : count - sent });
  }

  /** Sends a row's request when it is due, unless the service has closed meanwhile. */
  async #attempt(row: Claimed, due: number): Promise<Result> {
    const { client, speed, lease } = this.#options;
    await this.#sleep(due - performance.now());
    const closed = Math.max(0, this.#closedUntil - performance.now());
    if (closed > 0) return { patch: { waiting: "throttled" }, next: closed * speed, sent: false };
    if (this.#stop.signal.aborted) return { patch: {}, next: 1, sent: false };
    // What is under way is finished when the worker stops: its outcome is worth the second it takes.
    const signal = AbortSignal.timeout(lease * 500);
    const result = await (row.job.kind === "request"
      ? request(client, row, signal)
      : poll(client, row, signal, this.#age(row)));
    this.#sent++;
    if (result.fatal) this.#end(result.fatal);
    if (result.throttledMs === undefined) this.#spent.accepted++;
    else {
      this.#spent.refused++;
      const closedMs = result.throttledMs / speed;
      const isFirst = performance.now() >= this.#closedUntil;
      this.#closedUntil = Math.max(this.#closedUntil, performance.now() + closedMs);
      if (isFirst) await this.#report({ closedMs });
    }
    return result;
  }

  async #report(more: { unused?: number; closedMs?: number }): Promise<void> {
    const spent = this.#spent;
    this.#spent = { accepted: 0, refused: 0 };
    await this.#budget.report({ ...spent, ...more });
  }

  /** How old a row's request is, in milliseconds of the service's time. */
  #age({ requested_at }: Claimed, at = Date.now()): number {
    return requested_at === null ? 0 : (at - requested_at) * this.#options.speed;
  }

  #isInSample({ id }: Claimed): boolean {
    return isInSample(id, this.#counts?.open ?? 0);
  }

  #isWorthPoll(row: Claimed): boolean {
    if (this.#isInSample(row)) return true;
    const polledAge = row.polled_at === null ? 0 : this.#age(row, row.polled_at);
    return isWorthPoll(this.#experience, this.#age(row), polledAge);
  }
}
