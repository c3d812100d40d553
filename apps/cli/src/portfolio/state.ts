import { homedir } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import type { Database } from "../store/database.ts";
import { openLocal } from "../store/local.ts";
import { prepareSchema } from "../store/schema.ts";
import { openShared } from "../store/shared.ts";

export interface StateOptions {
  state: string;
  databaseUrl?: string;
}

/** Adds the options that say where the portfolio is kept. */
export function addStateOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--state <folder>", "where the portfolio is kept")
        .env("QUALIFICATIONS_STATE")
        .default(join(homedir(), ".qualifications"), "~/.qualifications"),
    )
    .addOption(
      new Option(
        "--database-url <url>",
        "a PostgreSQL in place of the folder, for several workers",
      ).env("QUALIFICATIONS_DATABASE_URL"),
    );
}

/**
 * Opens the database of a portfolio.
 *
 * @param purpose `work` needs a local folder for itself, `begin` also creates the tables.
 */
export async function openState(
  options: StateOptions,
  purpose: "read" | "work" | "begin",
): Promise<Database> {
  const database = options.databaseUrl
    ? await openShared(options.databaseUrl)
    : await openLocal(options.state, purpose === "read" ? "read" : "work");
  try {
    await prepareSchema(database, purpose === "begin");
    return database;
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}
