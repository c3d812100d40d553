import { CommandError } from "../failure.ts";
import type { Database } from "./database.ts";

const version = 1;
const application = "partner-qualifications";

/** Times are milliseconds since 1970: the same number from every driver. */
const tables = `
create schema qualifications;
create table qualifications.meta (key text primary key, value text not null);
create table qualifications.source (hash text primary key, name text not null, lines integer not null);
create table qualifications.row (
  id integer generated always as identity primary key,
  source text not null,
  line integer not null,
  customer_id text not null,
  qualification text not null,
  body jsonb,
  state text not null default 'planned' check (state in ('planned', 'queued', 'inReview', 'ended')),
  outcome text,
  reason text,
  code text,
  write text,
  request_id text,
  sent_at double precision,
  requested_at double precision,
  token text,
  polls integer not null default 0,
  polled_at double precision,
  failures integer not null default 0,
  failing_since double precision,
  waiting text,
  claim text,
  ended_at double precision,
  check ((state = 'ended') = (outcome is not null)),
  unique (source, line)
);
create unique index row_once on qualifications.row (customer_id, qualification)
  where outcome is null or outcome not in ('Invalid', 'Duplicate');
create index row_planned on qualifications.row (id) where state = 'planned';
create index row_claimed on qualifications.row (id) where claim is not null;
create table qualifications.budget (
  id integer primary key check (id = 1),
  -- Requests a second; null until the service has refused one.
  rate double precision,
  next_at double precision not null default 0,
  closed_until double precision not null default 0,
  grown_at double precision not null default 0,
  refused_at double precision not null default 0,
  accepted_since integer not null default 0,
  accepted integer not null default 0,
  refused integer not null default 0
);
insert into qualifications.budget (id) values (1);
insert into qualifications.meta values ('application', '${application}'), ('version', '${version}');
`;

/**
 * Creates the tables where there are none, and refuses a database that is not a portfolio.
 *
 * @throws {CommandError} When the tables are another application's, or another version's.
 */
export async function prepareSchema(database: Database, create: boolean): Promise<void> {
  const [{ present } = { present: false }] = await database.query<{ present: boolean }>(
    "select to_regnamespace('qualifications') is not null as present",
  );
  if (!present) {
    if (!create) {
      throw new CommandError(
        `There is no portfolio in ${database.place}. Begin one with: qualifications portfolio run FILE`,
      );
    }
    await database.transaction(async (queries) => {
      // Of several workers that begin together, one creates the tables.
      await queries.query("select pg_advisory_xact_lock(727165)");
      const [found] = await queries.query(
        "select 1 from pg_namespace where nspname = 'qualifications'",
      );
      if (!found) await queries.query(tables);
    });
  }
  const meta = await database
    .query<{ key: string; value: string }>("select key, value from qualifications.meta")
    .catch(() => []);
  const values = Object.fromEntries(meta.map(({ key, value }) => [key, value]));
  if (values.application !== application) {
    throw new CommandError(
      `The schema "qualifications" in ${database.place} belongs to another application. Use another database.`,
    );
  }
  const found = Number(values.version);
  if (found === version) return;
  throw new CommandError(
    found > version
      ? `The portfolio in ${database.place} was written by a newer version of this command (schema ${found}, this is ${version}). Update the command.`
      : `The portfolio in ${database.place} was written by an older version of this command (schema ${found}, this is ${version}). Finish it with that version, or begin another.`,
  );
}
