import type { QualificationRequest } from "@partner-qualifications/client";
import type { Row as FileRow } from "../rows/rows.ts";
import type { Database, Queries } from "./database.ts";

type Texts = "outcome" | "reason" | "code" | "write" | "token" | "waiting";
type Times = "sent_at" | "requested_at" | "polled_at" | "ended_at";

/**
 * A row of the portfolio. Times are milliseconds since 1970. `write` is how the client learned that the request
 * arrived, `token` its vetting, to resume it, and `waiting` why the row waits, if it does.
 */
export interface Row extends Record<Texts, string | null>, Record<Times, number | null> {
  id: number;
  customer_id: string;
  qualification: string;
  body: QualificationRequest;
  state: "planned" | "queued" | "inReview" | "ended";
  request_id: string;
  polls: number;
}

const needed = [
  "id",
  "customer_id",
  "qualification",
  "body",
  "state",
  "request_id",
  "write",
  "token",
  "polls",
  "sent_at",
  "requested_at",
  "polled_at",
] as const;

/** A row that a job has claimed, with what the job needs of it. */
export interface ClaimedRow extends Pick<Row, (typeof needed)[number]> {
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
     from before b where r.id = b.id returning ${needed.map((name) => `r.${name}`).join()}, r.claim, b.sent_at as sent_before`,
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

/**
 * How many rows there are. `left` are to be requested (`planned`, or `queued` as jobs), and `open` have no outcome;
 * `outcomes` are those of ended rows, most first, and `waiting` the reasons of rows that wait.
 */
export interface Counts extends Record<
  "total" | "planned" | "queued" | "left" | "inReview" | "open" | "ended" | "polls",
  number
> {
  outcomes: Record<string, number>;
  waiting: Record<string, number>;
  paused: boolean;
}

/** Counts the rows of a portfolio. */
export async function countRows(queries: Queries): Promise<Counts> {
  const [counts] = await queries.query<Counts>(
    `with kind as (
       select coalesce(outcome, state) as name, waiting, count(*)::integer as n, sum(polls)::integer as polls
       from qualifications.row group by 1, 2
     ), total as (
       select ${["planned", "queued", "inReview"].map((name) => `coalesce(sum(n) filter (where name = '${name}'), 0)::integer as "${name}"`).join()},
         coalesce(sum(n), 0)::integer as total, coalesce(sum(polls), 0)::integer as polls from kind
     )
     select *, planned + queued as left, planned + queued + "inReview" as open,
       total - planned - queued - "inReview" as ended,
       (select coalesce(json_object_agg(name, n order by n desc), '{}') from kind
        where name not in ('planned', 'queued', 'inReview')) as outcomes,
       (select coalesce(json_object_agg(waiting, n), '{}')
        from (select waiting, sum(n)::integer as n from kind where waiting is not null group by 1) w) as waiting,
       exists (select 1 from qualifications.meta where key = 'paused' and value = 'true') as paused
     from total`,
  );
  return counts!;
}

const time = (column: string) =>
  `to_char(to_timestamp(${column} / 1000) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** All rows, in the order in which they were added, a page at a time. */
export async function* exportRows(database: Database): AsyncGenerator<object> {
  for (let after = 0; ;) {
    const page = await database.query<{ id: number }>(
      `select id, line, customer_id as "customerId", qualification, state, outcome, reason, code, write,
         request_id as "requestId", ${time("requested_at")} as "requestedAt", ${time("ended_at")} as "endedAt",
         polls, waiting, coalesce(name, source) as source
       from qualifications.row left join qualifications.source on hash = source
       where id > $1 order by id limit 2000`,
      [after],
    );
    for (const { id, ...row } of page) {
      after = id;
      yield row;
    }
    if (page.length === 0) return;
  }
}
