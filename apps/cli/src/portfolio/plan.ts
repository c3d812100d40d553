import type { Command } from "commander";
import { addConnectionOptions, connect, type ConnectionOptions } from "../connection.ts";
import { exitCodes } from "../failure.ts";
import { printable, printJson, printTable } from "../print.ts";
import { openRows } from "../rows/read-rows.ts";
import { addRowOptions, type RowOptions } from "./row-options.ts";

interface PlanOptions extends ConnectionOptions, RowOptions {
  read?: boolean;
  strict?: boolean;
  json?: boolean;
  concurrency?: number;
}

/** What would be done with the rows of a file. */
interface Plan {
  columns: Record<string, string>;
  rows: number;
  /** Rows that would be requested, by qualification. */
  request: Record<string, number>;
  /** Rows whose customer has the qualification, or has it in review: nothing would be requested. */
  present: Record<string, number>;
  /** Rows whose customer could not be read, by reason. */
  unreadable: Record<string, number>;
  bad: number;
}

/** So many bad rows are listed; all are counted. */
const mostListed = 1000;

export function addPlan(portfolio: Command): void {
  addRowOptions(addConnectionOptions(portfolio.command("plan <file>")))
    .description(
      "check a file, read what each customer has, and print what would be sent; sends no request",
    )
    .option("--no-read", "do not read what the customers have")
    .option("--strict", "end with an error when a row is bad")
    .option("--json", "print the plan as JSON")
    .action((file: string, options: PlanOptions) => plan(file, options));
}

/** Checks a file and prints what would be sent. */
export async function plan(file: string, options: PlanOptions): Promise<void> {
  const { mapping, rows } = await openRows(file, options.map, options);
  const reads = options.read !== false;
  await using connection = reads ? await connect(options) : undefined;
  const found: Plan = {
    columns: { ...mapping },
    rows: 0,
    request: {},
    present: {},
    unreadable: {},
    bad: 0,
  };
  const running = new Set<Promise<void>>();
  const consider = async (customerId: string, qualification: string) => {
    try {
      const items = (await connection?.client.qualifications.list(customerId)) ?? [];
      const own = items.find(
        (item) => item.qualification === qualification && item.vettingStatus !== "Denied",
      );
      if (own) count(found.present, `${qualification} ${own.vettingStatus ?? "present"}`);
      else count(found.request, qualification);
    } catch (error) {
      const { kind, code, message } = Object(error) as {
        kind?: string;
        code?: string;
        message: string;
      };
      if (kind === "authentication" || kind === undefined) throw error;
      count(found.unreadable, code ? `${kind} ${code}` : (kind ?? message));
    }
  };
  for await (const { line, customerId, qualification, problem } of rows()) {
    found.rows++;
    if (problem !== undefined) {
      found.bad++;
      if (found.bad <= mostListed) console.error(`${file}:${line}: ${printable(problem)}`);
      continue;
    }
    if (!connection) {
      count(found.request, qualification);
      continue;
    }
    const one = consider(customerId, qualification).finally(() => running.delete(one));
    running.add(one);
    if (running.size >= 16) await Promise.race(running);
  }
  await Promise.all(running);
  if (options.json) printJson(found);
  else print(found, reads);
  if (found.bad > 0 && options.strict) process.exitCode = exitCodes.incomplete;
}

function print({ columns, rows, request, present, unreadable, bad }: Plan, reads: boolean): void {
  const mapped = Object.entries(columns).map(([column, field]) =>
    column === field ? column : `${column} from "${printable(field)}"`,
  );
  console.log(`Columns: ${mapped.join(", ")}\n`);
  const lines = [
    ...Object.entries(request).map(([name, number]) => ["request", name, number]),
    ...Object.entries(present).map(([name, number]) => ["nothing to do", name, number]),
    ...Object.entries(unreadable).map(([name, number]) => ["cannot be read", name, number]),
    ...(bad > 0 ? [["bad row", "listed above", bad]] : []),
    ["all rows", "", rows],
  ];
  printTable(["", "", "Rows"], lines);
  console.log(`\nNothing was sent.${reads ? "" : " What the customers have was not read."}`);
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
