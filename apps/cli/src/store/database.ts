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

/** As pg-boss wants a database. */
export const forBoss = (queries: Queries) => ({
  executeSql: async (text: string, values?: unknown[]) => ({
    rows: await queries.query<never>(text, values),
  }),
});
