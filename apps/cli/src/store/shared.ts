import { CommandError } from "../failure.ts";
import type { Database, Queries } from "./database.ts";

/**
 * Connects to a PostgreSQL that several processes can share.
 *
 * @param url `postgres://user:password@host/database`.
 * @throws {CommandError} When the database cannot be reached.
 */
export async function openShared(url: string): Promise<Database> {
  const { default: pg } = await import("pg");
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CommandError("--database-url must begin with postgres://");
  }
  const { host, pathname } = new URL(url);
  const place = `postgres://${host}${pathname}`;
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
      const result = await client.query(sql, values);
      return [result].flat().flatMap(({ rows }) => rows as T[]);
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
        await client.query("rollback").catch((lost: Error) => (failure = lost));
        throw error;
      } finally {
        client.off("error", keep);
        client.release(failure);
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
