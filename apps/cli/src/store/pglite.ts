import type { Transaction } from "@electric-sql/pglite";
import type { Queries } from "./database.ts";

/** As a portfolio's queries, those of PGlite. */
export const queriesOf = (database: Pick<Transaction, "query" | "exec">): Queries => ({
  async query<T>(sql: string, values?: unknown[]) {
    if (values?.length) return (await database.query<T>(sql, values)).rows;
    return (await database.exec(sql)).flatMap(({ rows }) => rows as T[]);
  },
});
