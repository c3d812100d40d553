import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { writeReport } from "../report/report.ts";
import { type ExportedRow, exportRows } from "../store/portfolio.ts";
import { addStateOptions, openState, type StateOptions } from "./state.ts";

interface ExportOptions extends StateOptions {
  format: "csv" | "json" | "html";
  output?: string;
}

const columns = [
  "line",
  "customerId",
  "qualification",
  "state",
  "outcome",
  "reason",
  "code",
  "write",
  "requestId",
  "requestedAt",
  "endedAt",
  "polls",
  "waiting",
  "source",
] as const satisfies (keyof ExportedRow)[];

export function addExport(portfolio: Command): void {
  addStateOptions(portfolio.command("export"))
    .description("write every row with its outcome: CSV, JSON, or an HTML report with charts")
    .addOption(
      new Option("--format <form>", "of the export")
        .choices(["csv", "json", "html"])
        .default("csv"),
    )
    .option("-o, --output <file>", "a file in place of the standard output")
    .action(exportPortfolio);
}

async function exportPortfolio(options: ExportOptions): Promise<void> {
  await using database = await openState(options, "read");
  const rows = exportRows(database);
  const text = { csv: csv, json: json, html: writeReport }[options.format](rows);
  if (options.output !== undefined) return await pipeline(text, createWriteStream(options.output));
  for await (const part of text) {
    if (!process.stdout.write(part)) await once(process.stdout, "drain");
  }
}

async function* json(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* csv(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  yield `${columns.join(",")}\r\n`;
  for await (const row of rows) yield `${columns.map((name) => cell(row[name])).join(",")}\r\n`;
}

/** Quotes a cell, and keeps a spreadsheet from running text that came from a file or the service as a formula. */
function cell(value: string | number | null): string {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
