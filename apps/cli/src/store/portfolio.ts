import type { QualificationRequest } from "@partner-qualifications/client";
import type { Database, Queries } from "./database.ts";
import type { CheckedRow } from "../rows/check-row.ts";

/** A row of the portfolio that a job works on. */
export interface Row {
  id: number;
  customer_id: string;
  qualification: string;
  body: QualificationRequest;
  state: "planned" | "queued" | "inReview" | "ended";
  request_id: string;
  /** When it was first sent by a job before this one; null when this is the first. */
  sent_before: number | null;
  sent_at: number | null;
  requested_at: number | null;
  token: string | null;
  polls: number;
  polled_at: number | null;
  failures: number;
  failing_since: number | null;
}

/** What a job found out about a row; what is left out stays. */
export interface Change {
  id: number;
  /** The job that claimed the row: another one's change is not applied. */
  claim: string;
  state: Row["state"];
  outcome?: string | undefined;
  reason?: string | undefined;
  code?: string | undefined;
  write?: string | undefined;
  requested_at?: number | undefined;
  token?: string | undefined;
  polls?: number | undefined;
  polled_at?: number | undefined;
  failures: number;
  failing_since?: number | undefined;
  /** Why it waits, if it does. */
  waiting?: string | undefined;
  ended_at?: number | undefined;
}

/**
 * Adds rows. A row that is there already, of this file or another, stays as it is.
 *
 * @returns How many rows were added.
 */
export async function addRows(
  queries: Queries,
  source: string,
  rows: (CheckedRow & { duplicateOf?: number })[],
): Promise<number> {
  const values = rows.map(({ body, problem, duplicateOf, ...row }) => ({
    ...row,
    source,
    body,
    outcome: problem === undefined ? null : duplicateOf === undefined ? "Invalid" : "Duplicate",
    reason: problem,
    state: problem === undefined ? "planned" : "ended",
    ended_at: problem === undefined ? null : Date.now(),
    // Chosen before anything is sent, so that a crash between sending and recording repeats the same identifier.
    request_id: problem === undefined ? crypto.randomUUID() : null,
  }));
  const [result] = await queries.query<{ added: number }>(
    `with added as (
       insert into qualifications.row
         (source, line, customer_id, qualification, body, outcome, reason, state, ended_at, request_id)
       select source, line, "customerId", qualification, body, outcome, reason, state, ended_at, request_id
       from jsonb_to_recordset($1) as one(source text, line integer, "customerId" text, qualification text,
         body jsonb, outcome text, reason text, state text, ended_at double precision, request_id text)
       on conflict do nothing
       returning 1
     ) select count(*)::integer as added from added`,
    [JSON.stringify(values)],
  );
  return result?.added ?? 0;
}

/** Moves planned rows into the queue, as many as are named. */
export function queueRows(queries: Queries, limit: number): Promise<{ id: number }[]> {
  return queries.query(
    `update qualifications.row set state = 'queued' where id in (
       select id from qualifications.row where state = 'planned' order by id limit $1 for update skip locked
     ) returning id`,
    [limit],
  );
}

/** Claims rows for jobs, records when each is sent for the first time, and returns them. */
export function claimRows(
  queries: Queries,
  claims: { id: number; claim: string; sends: boolean }[],
): Promise<(Row & { claim: string })[]> {
  return queries.query(
    `with wanted as (
       select * from jsonb_to_recordset($1) as one(id integer, claim text, sends boolean)
     ), before as (
       select r.id, r.sent_at, w.claim, w.sends from qualifications.row r join wanted w using (id)
       where r.state in ('queued', 'inReview') for update of r
     )
     update qualifications.row r
     set claim = b.claim, sent_at = case when b.sends then coalesce(b.sent_at, $2) else b.sent_at end
     from before b where r.id = b.id
     returning r.id, r.customer_id, r.qualification, r.body, r.state, r.request_id, b.sent_at as sent_before,
       r.sent_at, r.requested_at, r.token, r.polls, r.polled_at, r.failures, r.failing_since, r.claim`,
    [JSON.stringify(claims), Date.now()],
  );
}

/** Records what jobs found out. Returns the rows that were theirs to change. */
export async function changeRows(queries: Queries, changes: Change[]): Promise<Set<number>> {
  if (changes.length === 0) return new Set();
  const changed = await queries.query<{ id: number }>(
    `update qualifications.row r set
       state = c.state, outcome = c.outcome, reason = c.reason, code = c.code, waiting = c.waiting,
       write = coalesce(c.write, r.write), requested_at = coalesce(c.requested_at, r.requested_at),
       token = coalesce(c.token, r.token), polls = coalesce(c.polls, r.polls),
       polled_at = coalesce(c.polled_at, r.polled_at), failures = c.failures,
       failing_since = c.failing_since, ended_at = c.ended_at, claim = null
     from jsonb_to_recordset($1) as c(id integer, claim text, state text, outcome text, reason text, code text,
       write text, requested_at double precision, token text, polls integer, polled_at double precision,
       failures integer, failing_since double precision, waiting text, ended_at double precision)
     where r.id = c.id and r.claim = c.claim and r.state <> 'ended'
     returning r.id`,
    [JSON.stringify(changes)],
  );
  return new Set(changed.map(({ id }) => id));
}

/** Rows whose job was begun by a process that has ended, for a database that only this process uses. */
export function abandonedRows(
  queries: Queries,
): Promise<{ id: number; claim: string; state: Row["state"] }[]> {
  return queries.query(
    `with before as (select id, claim from qualifications.row where claim is not null for update)
     update qualifications.row r set claim = null from before b where r.id = b.id
     returning r.id, b.claim, r.state`,
  );
}

/** How long the vettings of the sample took, and how old those are that are still in review, in milliseconds. */
export async function sampleAges(queries: Queries): Promise<{ decided: number[]; open: number }> {
  const rows = await queries.query<{ age: number | null }>(
    `select ended_at - requested_at as age from qualifications.row
     where id % ${sampleStep} = 1 and requested_at is not null and (state = 'inReview' or (ended_at is not null and polls > 0))`,
  );
  const decided = rows.flatMap(({ age }) => age ?? []).toSorted((one, other) => one - other);
  return { decided, open: rows.length - decided.length };
}

/** One row in so many is polled often, so that the others need not be. */
export const sampleStep = 100;

export async function setFlag(queries: Queries, key: string, value: string): Promise<void> {
  await queries.query(
    "insert into qualifications.meta values ($1, $2) on conflict (key) do update set value = excluded.value",
    [key, value],
  );
}

export async function readFlag(queries: Queries, key: string): Promise<string | undefined> {
  const [found] = await queries.query<{ value: string }>(
    "select value from qualifications.meta where key = $1",
    [key],
  );
  return found?.value;
}

export interface Counts {
  total: number;
  planned: number;
  queued: number;
  inReview: number;
  ended: number;
  /** Rows that ended, by outcome. */
  outcomes: Record<string, number>;
  /** Rows that wait, by reason. */
  waiting: Record<string, number>;
  polls: number;
}

export async function countRows(queries: Queries): Promise<Counts> {
  const rows = await queries.query<{
    state: keyof Counts;
    outcome: string | null;
    waiting: string | null;
    count: number;
    polls: number;
  }>(
    `select state, outcome, waiting, count(*)::integer as count, sum(polls)::integer as polls
     from qualifications.row group by state, outcome, waiting`,
  );
  const counts: Counts = {
    total: 0,
    planned: 0,
    queued: 0,
    inReview: 0,
    ended: 0,
    outcomes: {},
    waiting: {},
    polls: 0,
  };
  for (const { state, outcome, waiting, count, polls } of rows) {
    counts.total += count;
    counts.polls += polls;
    (counts[state] as number) += count;
    if (outcome !== null) counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + count;
    if (waiting !== null) counts.waiting[waiting] = (counts.waiting[waiting] ?? 0) + count;
  }
  return counts;
}

/** Whether work is left. */
export const openRows = ({ planned, queued, inReview }: Counts): number =>
  planned + queued + inReview;

/** A row as it is exported. */
export interface ExportedRow {
  source: string;
  line: number;
  customerId: string;
  qualification: string;
  state: Row["state"];
  outcome: string | null;
  reason: string | null;
  code: string | null;
  write: string | null;
  requestId: string | null;
  requestedAt: string | null;
  endedAt: string | null;
  polls: number;
  waiting: string | null;
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** All rows, in the order in which they were added, a page at a time. */
export async function* exportRows(database: Database): AsyncGenerator<ExportedRow> {
  for (let after = 0; ;) {
    const page = await database.query<
      Omit<ExportedRow, "requestedAt" | "endedAt"> & {
        id: number;
        requested: number | null;
        ended: number | null;
      }
    >(
      `select r.id, coalesce(s.name, r.source) as source, r.line, r.customer_id as "customerId", r.qualification,
         r.state, r.outcome, r.reason, r.code, r.write, r.request_id as "requestId", r.requested_at as requested,
         r.ended_at as ended, r.polls, r.waiting
       from qualifications.row r left join qualifications.source s on s.hash = r.source
       where r.id > $1 order by r.id limit 2000`,
      [after],
    );
    for (const { id, requested, ended, ...row } of page) {
      after = id;
      yield { ...row, requestedAt: iso(requested), endedAt: iso(ended) };
    }
    if (page.length === 0) return;
  }
}
