import { basename } from "node:path";
import { CommandError } from "../failure.ts";
import type { RowFile } from "../rows/read-rows.ts";
import { addRows } from "../store/portfolio.ts";
import type { Database } from "../store/database.ts";

export interface Imported {
  /** Rows that were not in the portfolio yet. */
  added: number;
  /** Lines that have no row to request. */
  problems: number;
  /** Whether the whole file was there already. */
  known: boolean;
}

const pageSize = 1000;

/**
 * Adds the rows of a file to the portfolio; those that are there already stay as they are.
 *
 * @param strict Adds nothing when a row is bad.
 * @param onProblem Gets each bad row, with its line and the reason.
 * @throws {CommandError} With `strict`, when a row is bad.
 */
export async function importFile(
  database: Database,
  file: string,
  content: RowFile,
  strict: boolean,
  onProblem: (line: number, problem: string) => void,
): Promise<Imported> {
  const hash = await content.hash();
  const [known] = await database.query<{ problems: number }>(
    `select (select count(*)::integer from qualifications.row where source = hash and outcome in ('Invalid', 'Duplicate')) as problems
     from qualifications.source where hash = $1`,
    [hash],
  );
  if (known) return { added: 0, problems: known.problems, known: true };
  let problems = 0;
  if (strict) {
    for await (const { line, problem } of content.rows()) {
      if (problem === undefined) continue;
      problems++;
      onProblem(line, problem);
    }
    if (problems > 0) {
      throw new CommandError(
        `${problems} rows are bad, and --strict was given: nothing was added.`,
      );
    }
  }
  let added = 0;
  let lines = 0;
  let page: Parameters<typeof addRows>[2] = [];
  const flush = async () => {
    if (page.length > 0) added += await addRows(database, hash, page);
    page = [];
  };
  for await (const row of content.rows()) {
    lines++;
    if (row.problem !== undefined) {
      problems++;
      onProblem(row.line, row.problem);
    }
    page.push(row);
    if (page.length >= pageSize) await flush();
  }
  await flush();
  // Last: until then, another run reads the file again.
  await database.query(
    "insert into qualifications.source values ($1, $2, $3) on conflict do nothing",
    [hash, basename(file), lines],
  );
  return { added, problems, known: false };
}
