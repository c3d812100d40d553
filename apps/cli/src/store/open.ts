import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../failure.ts";
import type { Flags } from "../options.ts";
import { type Database, openShared } from "./database.ts";
import { openLocal } from "./local.ts";

const version = 1;
const application = "partner-qualifications";

/** Times are milliseconds since 1970: the same number from every driver. */
const tables = `
create schema qualifications;
create table qualifications.meta (key text primary key, value text not null);
create table qualifications.source (hash text primary key, name text not null, lines integer not null);
create table qualifications.row (
  id integer generated always as identity primary key,
  source text not null, line integer not null, unique (source, line),
  customer_id text not null, qualification text not null, body jsonb, request_id text,
  state text not null default 'planned' check (state in ('planned', 'queued', 'inReview', 'ended')),
  outcome text, check ((state = 'ended') = (outcome is not null)),
  reason text, code text, write text, token text, waiting text, claim text,
  sent_at double precision, requested_at double precision, ended_at double precision,
  polls integer not null default 0, polled_at double precision
) with (fillfactor = 70);
create unique index row_once on qualifications.row (customer_id, qualification) where body is not null;
create table qualifications.budget (
  id integer primary key check (id = 1),
  -- Requests a second; null until the service has refused one.
  rate double precision,
  -- How often the service has begun to refuse requests; 2 is the most that is counted.
  phase integer not null default 0,
  next_at double precision not null default 0, closed_until double precision not null default 0,
  grown_at double precision not null default 0, refused_at double precision not null default 0,
  accepted_since integer not null default 0, accepted integer not null default 0, refused integer not null default 0
);
insert into qualifications.budget (id) values (1);
insert into qualifications.meta values ('application', '${application}'), ('version', '${version}');
`;

const present = "select 1 from pg_namespace where nspname = 'qualifications'";

/** Creates the tables of a portfolio where there are none. */
export const createTables = (database: Database): Promise<void> =>
  database.transaction(async (queries) => {
    // Of several workers that begin together, one creates the tables.
    await queries.query("select pg_advisory_xact_lock(727165)");
    if ((await queries.query(present)).length === 0) await queries.query(tables);
  });

/**
 * Opens the database of a portfolio.
 *
 * @param purpose `work` needs a local folder for itself, `begin` also creates the tables where there are none.
 * @throws {CommandError} When it cannot be used, or its tables are another application's or version's.
 */
export async function openState(
  { state, databaseUrl }: Pick<Flags, "state" | "databaseUrl">,
  purpose: "read" | "work" | "begin",
): Promise<Database> {
  if (!databaseUrl && purpose !== "begin" && !existsSync(join(state, "database")))
    throw noPortfolio(state);
  const database = databaseUrl
    ? await openShared(databaseUrl)
    : await openLocal(state, purpose === "read");
  try {
    if ((await database.query(present)).length === 0) {
      if (purpose !== "begin") throw noPortfolio(database.place);
      await createTables(database);
    }
    await checkVersion(database);
    return database;
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}

const noPortfolio = (place: string) =>
  new CommandError(
    `There is no portfolio in ${place}. Start one with: qualifications portfolio run FILE`,
  );

async function checkVersion({ place, query }: Database): Promise<void> {
  const select = "select json_object_agg(key, value) as meta from qualifications.meta";
  const rows = await query<{ meta: Record<string, string> | null }>(select).catch(() => []);
  const meta = rows[0]?.meta;
  if (meta?.["application"] !== application)
    throw new CommandError(
      `The schema "qualifications" in ${place} belongs to another application. Use another database.`,
    );
  const found = Number(meta["version"]);
  if (found === version) return;
  const is =
    found > version
      ? "newer than this command supports. Update the command."
      : "older than this command supports. Finish the portfolio with the version that created it, or start a new one.";
  throw new CommandError(`The portfolio in ${place} has schema ${found}, which is ${is}`);
}
