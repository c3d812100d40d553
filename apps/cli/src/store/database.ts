import { CommandError } from "../failure.ts";

/** What the store and pg-boss need of a database, whichever it is. */
export interface Queries {
  /** Runs SQL; without values it may be several statements, and the rows of all are returned. */
  query<T = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>;
}

/** A database that holds a portfolio. */
export interface Database extends Queries, AsyncDisposable {
  /** Where it is, for messages. Never has a password. */
  readonly place: string;
  /** Whether this process alone uses it, so that work which an earlier process began is known to be abandoned. */
  readonly isExclusive: boolean;
  /** Runs statements together: all take effect or none. */
  transaction<T>(run: (queries: Queries) => Promise<T>): Promise<T>;
}

/**
 * Connects to a PostgreSQL that several processes can share.
 *
 * @param url `postgres://user:password@host/database`.
 * @throws {CommandError} When the database cannot be reached.
 */
export async function openShared(url: string): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new CommandError("--database-url must begin with postgres://");
  const { host, pathname } = new URL(url);
  const place = `postgres://${host}${pathname}`;
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
    keepAlive: true,
    application_name: "qualifications",
  });
  // An idle connection that is lost is replaced when the next one is needed.
  pool.on("error", () => {});
  const queriesOf = (client: Pick<typeof pool, "query">): Queries => ({
    async query<T>(sql: string, values?: unknown[]) {
      const results = [await client.query(sql, values)].flat();
      return results.flatMap(({ rows }) => rows as T[]);
    },
  });
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `Cannot use the database ${place}: ${message || code}. Check --database-url.`,
    );
  }
  return {
    place,
    isExclusive: false,
    query: queriesOf(pool).query,
    async transaction(run) {
      const client = await pool.connect();
      let failure: Error | undefined;
      // A connection that breaks while it is borrowed reports it here; the statement under way rejects too.
      const keep = (error: Error) => (failure = error);
      client.on("error", keep);
      try {
        await client.query("begin");
        const result = await run(queriesOf(client));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(keep);
        throw error;
      } finally {
        client.off("error", keep).release(failure);
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
