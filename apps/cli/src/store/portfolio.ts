import type { QualificationRequest } from "@partner-qualifications/client";
import type { Row as FileRow } from "../rows/rows.ts";
import type { Database, Queries } from "./database.ts";

/** A row of the portfolio. Times are milliseconds since 1970. */
export interface Row {
  id: number;
  customer_id: string;
  qualification: string;
  body: QualificationRequest;
  state: "planned" | "queued" | "inReview" | "ended";
  outcome: string | null;
  reason: string | null;
  code: string | null;
  /** How the client learned that the request arrived. */
  write: string | null;
  request_id: string;
  sent_at: number | null;
  requested_at: number | null;
  /** The client's vetting, to resume it. */
  token: string | null;
  polls: number;
  polled_at: number | null;
  /** Why it waits, if it does. */
  waiting: string | null;
  ended_at: number | null;
}

/** A row that a job has claimed. */
export interface ClaimedRow extends Row {
  /** The attempt of the job: another one's change is not applied. */
  claim: string;
  /** When an earlier job sent the request; null when none did. */
  sent_before: number | null;
}

/** What a job found out about a row; what is left out stays. */
export type Patch = { [Name in keyof Row]?: Row[Name] | undefined };

/**
 * Adds rows. A row that is there already, of this file or another, stays as it is.
 *
 * @returns How many rows were added.
 */
export async function addRows(queries: Queries, source: string, rows: FileRow[]): Promise<number> {
  const values = rows.map(({ line, customerId, qualification, body, problem, ...rest }) => ({
    source,
    line,
    customer_id: customerId,
    qualification,
    ...(problem === undefined
      ? // Chosen before anything is sent, so that a crash between sending and recording repeats the same identifier.
        { body, state: "planned", request_id: crypto.randomUUID() }
      : {
          state: "ended",
          outcome: "isDuplicate" in rest ? "Duplicate" : "Invalid",
          reason: problem,
          ended_at: Date.now(),
        }),
  }));
  const columns =
    "source, line, customer_id, qualification, body, outcome, reason, state, ended_at, request_id";
  const added = await queries.query(
    `insert into qualifications.row (${columns})
     select ${columns} from jsonb_populate_recordset(null::qualifications.row, $1)
     on conflict do nothing returning 1`,
    [JSON.stringify(values)],
  );
  return added.length;
}

/** Moves planned rows into the queue, as many as are named. */
export const queueRows = (queries: Queries, limit: number): Promise<{ id: number }[]> =>
  queries.query(
    `update qualifications.row set state = 'queued' where id in (
       select id from qualifications.row where state = 'planned' order by id limit $1 for update skip locked
     ) returning id`,
    [limit],
  );

/** Claims rows for jobs, records when each is sent for the first time, and returns them. */
export const claimRows = (
  queries: Queries,
  claims: { id: number; claim: string; sends: boolean }[],
): Promise<ClaimedRow[]> =>
  queries.query(
    `with before as (
       select r.id, r.sent_at, w.claim, w.sends from qualifications.row r
       join jsonb_to_recordset($1) as w(id integer, claim text, sends boolean) using (id)
       where r.state = case when w.sends then 'queued' else 'inReview' end for update of r
     )
     update qualifications.row r
     set claim = b.claim, sent_at = case when b.sends then coalesce(b.sent_at, $2) else b.sent_at end
     from before b where r.id = b.id returning r.*, b.sent_at as sent_before`,
    [JSON.stringify(claims), Date.now()],
  );

/** Records what jobs found out. Returns the rows that were theirs to change. */
export async function changeRows(
  queries: Queries,
  changes: { id: number; claim: string; patch: Patch }[],
): Promise<Set<number>> {
  const columns =
    "state, outcome, reason, code, write, requested_at, token, polls, polled_at, waiting, ended_at";
  const changed = await queries.query<{ id: number }>(
    `update qualifications.row r set claim = null, (${columns}) =
       (select ${columns} from jsonb_populate_record(r, c.patch))
     from jsonb_to_recordset($1) as c(id integer, claim text, patch jsonb)
     where r.id = c.id and r.claim = c.claim and r.state <> 'ended' returning r.id`,
    [JSON.stringify(changes)],
  );
  return new Set(changed.map(({ id }) => id));
}

/** One row in so many is polled often, so that the others need not be. */
export const sampleStep = 100;

/** How long the vettings of the sample took, shortest first, and how many of it are still in review. */
export async function sampleAges(queries: Queries): Promise<{ decided: number[]; open: number }> {
  const rows = await queries.query<{ age: number | null }>(
    `select ended_at - requested_at as age from qualifications.row
     where id % ${sampleStep} = 1 and requested_at is not null
       and (state = 'inReview' or (state = 'ended' and polls > 0)) order by age`,
  );
  const decided = rows.flatMap(({ age }) => age ?? []);
  return { decided, open: rows.length - decided.length };
}

/** Stops the work on a portfolio, or lets it continue. */
export const setPaused = (queries: Queries, isPaused: boolean): Promise<unknown> =>
  queries.query(
    "insert into qualifications.meta values ('paused', $1) on conflict (key) do update set value = $1",
    [String(isPaused)],
  );

export interface Counts {
  total: number;
  /** To be requested. */
  left: number;
  inReview: number;
  /** Rows without an outcome. */
  open: number;
  ended: number;
  /** Rows that ended, by outcome, most first. */
  outcomes: Record<string, number>;
  /** Rows that wait, by reason. */
  waiting: Record<string, number>;
  polls: number;
  planned: number;
  queued: number;
  paused: boolean;
}

/** Counts the rows of a portfolio. */
export async function countRows(queries: Queries): Promise<Counts> {
  const [counts] = await queries.query<Counts>(
    `with kind as (
       select state, outcome, waiting, count(*)::integer as n, sum(polls)::integer as polls
       from qualifications.row group by state, outcome, waiting
     ), total as (
       select coalesce(sum(n), 0)::integer as total, coalesce(sum(polls), 0)::integer as polls,
         coalesce(sum(n) filter (where state = 'planned'), 0)::integer as planned,
         coalesce(sum(n) filter (where state = 'queued'), 0)::integer as queued,
         coalesce(sum(n) filter (where state = 'inReview'), 0)::integer as "inReview",
         coalesce(sum(n) filter (where state = 'ended'), 0)::integer as ended from kind
     )
     select *, planned + queued as left, total - ended as open,
       (select coalesce(json_object_agg(outcome, n order by n desc), '{}')
        from (select outcome, sum(n)::integer as n from kind where outcome is not null group by 1) o) as outcomes,
       (select coalesce(json_object_agg(waiting, n), '{}')
        from (select waiting, sum(n)::integer as n from kind where waiting is not null group by 1) w) as waiting,
       exists (select 1 from qualifications.meta where key = 'paused' and value = 'true') as paused
     from total`,
  );
  return counts!;
}

const exported = {
  line: "line",
  customerId: "customer_id",
  qualification: "qualification",
  state: "state",
  outcome: "outcome",
  reason: "reason",
  code: "code",
  write: "write",
  requestId: "request_id",
  requestedAt: "requested_at",
  endedAt: "ended_at",
  polls: "polls",
  waiting: "waiting",
  source: "coalesce((select name from qualifications.source where hash = source), source)",
};

export type ExportedRow = Record<keyof typeof exported, string | number | null>;

/** All rows, in the order in which they were added, a page at a time. */
export async function* exportRows(database: Database): AsyncGenerator<ExportedRow> {
  const columns = Object.entries(exported).map(([name, sql]) => `${sql} as "${name}"`);
  for (let after = 0; ;) {
    const page = await database.query<ExportedRow & { id: number }>(
      `select id, ${columns.join(", ")} from qualifications.row where id > $1 order by id limit 2000`,
      [after],
    );
    for (const { id, ...row } of page) {
      after = id;
      const [requestedAt, endedAt] = [row.requestedAt, row.endedAt].map(
        (at) => at && new Date(at).toISOString(),
      );
      yield { ...row, requestedAt, endedAt } as ExportedRow;
    }
    if (page.length === 0) return;
  }
}
