import type { Command } from "commander";
import pLimit from "p-limit";
import { exitCodes } from "../failure.ts";
import { addOptions, connect, type Flags } from "../options.ts";
import { printable, printJson, printTable } from "../print.ts";
import { openRows } from "../rows/rows.ts";

/** So many bad rows are listed; all are counted. */
const mostListed = 1000;
const concurrency = 16;

export function addPlan(portfolio: Command): void {
  addOptions(portfolio.command("plan <file>"), "rows", "connection", "json")
    .description(
      "validate a file, read each customer's qualifications, and print what would be sent",
    )
    .option("--no-read", "do not read the customers' qualifications")
    .option("--strict", "fail if a row is invalid")
    .action(plan);
}

/** Checks a file and prints what would be sent. */
export async function plan(file: string, options: Flags): Promise<void> {
  const { mapping, rows } = await openRows(file, options);
  await using connection = options.read === false ? undefined : await connect(options);
  const found = {
    columns: mapping,
    rows: 0,
    /** Rows that would be requested, by qualification. */
    request: {} as Record<string, number>,
    /** Rows whose customer has the qualification, or has it in review: nothing would be requested. */
    present: {} as Record<string, number>,
    /** Rows whose customer could not be read, by reason. */
    unreadable: {} as Record<string, number>,
    bad: 0,
  };
  const consider = async (id: string, qualification: string) => {
    try {
      const items = (await connection?.client.qualifications.list(id)) ?? [];
      const own = items.find(
        (item) => item.qualification === qualification && item.vettingStatus !== "Denied",
      );
      if (own) count(found.present, `${qualification} ${own.vettingStatus ?? "present"}`);
      else count(found.request, qualification);
    } catch (error) {
      const { kind, code } = Object(error) as { kind?: string; code?: string };
      if (kind === "authentication" || kind === undefined) throw error;
      count(found.unreadable, [kind, code].filter(Boolean).join(" "));
    }
  };
  const limit = pLimit(concurrency);
  let running: Promise<void>[] = [];
  for await (const { line, customerId, qualification, problem } of rows()) {
    found.rows++;
    if (problem !== undefined) {
      found.bad++;
      if (found.bad <= mostListed) console.error(`${file}:${line}: ${printable(problem)}`);
    } else if (!connection) count(found.request, qualification);
    else running.push(limit(consider, customerId, qualification));
    if (running.length < 1000) continue;
    await Promise.all(running);
    running = [];
  }
  await Promise.all(running);
  if (options.json) printJson(found);
  else {
    const mapped = Object.entries(mapping).map(([column, field]) =>
      column === field ? column : `${column} from "${printable(field)}"`,
    );
    console.log(`Columns: ${mapped.join(", ")}\n`);
    const { request, present, unreadable, bad } = found;
    const groups = { request, "nothing to do": present, "cannot be read": unreadable };
    const lines = Object.entries(groups).flatMap(([title, counts]) =>
      Object.entries(counts).map(([name, rowsOfIt]) => [title, name, rowsOfIt]),
    );
    if (bad > 0) lines.push(["bad row", "listed above", bad]);
    printTable(["", "", "Rows"], [...lines, ["all rows", "", found.rows]]);
    const unread = connection ? "" : " The customers' qualifications were not read.";
    console.log(`\nNothing was sent.${unread}`);
  }
  if (found.bad > 0 && options.strict) process.exitCode = exitCodes.incomplete;
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
