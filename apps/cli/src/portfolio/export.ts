import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { stringify } from "csv-stringify";
import { CommandError } from "../failure.ts";
import { addOptions, type Flags } from "../options.ts";
import { writeReport } from "../report/report.ts";
import type { Database } from "../store/database.ts";
import { openState } from "../store/open.ts";
import { exportRows } from "../store/portfolio.ts";

const writers = {
  // A spreadsheet would run text that came from a file or the service as a formula.
  csv: (database: Database) =>
    Readable.from(exportRows(database)).pipe(stringify({ header: true, escape_formulas: true })),
  json: writeJson,
  html: writeReport,
};

export function addExport(portfolio: Command): void {
  const formats = new Option("--format <form>", "of the export").choices(Object.keys(writers));
  addOptions(portfolio.command("export"), "state")
    .description("write every row with its outcome: CSV, JSON, or an HTML report with charts")
    .addOption(formats.default("csv"))
    .option("-o, --output <file>", "a file instead of standard output")
    .action(exportPortfolio);
}

async function exportPortfolio({ format, output, ...options }: Flags): Promise<void> {
  await using database = await openState(options, "read");
  const text = writers[format](database);
  // The database is closed on return, so all has to be read by then.
  if (output === undefined) await pipeline(text, process.stdout, { end: false });
  else await pipeline(text, await fileAt(output));
}

/** @throws {CommandError} When the file cannot be written. */
async function fileAt(path: string): Promise<Writable> {
  const file = createWriteStream(path);
  try {
    await once(file, "open");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: "its folder does not exist",
      EACCES: "permission denied",
      EISDIR: "it is a directory",
    };
    throw new CommandError(`Cannot write ${path}: ${reasons[code] ?? code}.`);
  }
  return file;
}

async function* writeJson(database: Database): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of exportRows(database)) {
    yield `${before}${JSON.stringify(row)}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
