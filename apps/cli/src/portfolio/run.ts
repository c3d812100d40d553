import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { CommandError, exitCodes } from "../failure.ts";
import { addOptions, connect, type Flags } from "../options.ts";
import { printable, printJson } from "../print.ts";
import { openRows, type Row } from "../rows/rows.ts";
import type { Database } from "../store/database.ts";
import { openState } from "../store/open.ts";
import { addRows, countRows, setPaused } from "../store/portfolio.ts";
import { plan } from "./plan.ts";
import { progressPrinter } from "./progress.ts";

const pageSize = 1000;

/** Adds the commands that send requests. */
export function addRun(portfolio: Command): void {
  addOptions(portfolio.command("run [file]"), "rows", "connection", "state", "work", "json")
    .description("request every row's qualification, and follow each to its outcome, or resume")
    .option("--strict", "add no rows if one is invalid")
    .option("--dry-run", "check the file and send nothing, as portfolio plan does")
    .option("-y, --yes", "send without confirmation")
    .action(run);
  addOptions(portfolio.parent!.command("worker"), "connection", "state", "work")
    .description("work on a portfolio in a shared database, with other workers, until stopped")
    .option("--until-done", "exit when no row is open")
    .action(runWorker);
}

async function run(file: string | undefined, options: Flags): Promise<void> {
  if (options.dryRun) {
    if (file === undefined) throw new CommandError("--dry-run needs a file");
    return plan(file, options);
  }
  await using database = await openState(options, file === undefined ? "work" : "begin");
  if (file !== undefined) await importFile(database, file, options);
  const { open } = await countRows(database);
  if (open > 0 && !options.yes) await confirmSending(open);
  // A portfolio that was paused continues when it is run again.
  await setPaused(database, false);
  const counts = await workOn(database, options, true);
  if (options.json) printJson(counts);
  else
    for (const [outcome, rows] of Object.entries({ ...counts.outcomes, Open: counts.open }))
      if (rows > 0) console.log(`${outcome.padEnd(10)} ${rows}`);
  const { Failed = 0, Invalid = 0 } = counts.outcomes;
  process.exitCode = Failed + Invalid > 0 ? exitCodes.incomplete : exitCodes.done;
  if (counts.open === 0) return;
  console.error("Stopped. Run the same command again to resume.");
  process.exitCode = exitCodes.stopped;
}

/**
 * Adds the rows of a file to the portfolio, and lists the bad ones with their lines. Rows that are there already stay
 * as they are.
 *
 * @throws {CommandError} With `strict`, when a row is bad; then nothing is added.
 */
async function importFile(database: Database, file: string, options: Flags): Promise<void> {
  const content = await openRows(file, options);
  const digest = createHash("sha256");
  await pipeline(createReadStream(file), digest);
  // Of the content, so that the same file is recognized under another name.
  const hash = digest.digest("hex");
  const select = "select 1 from qualifications.source where hash = $1";
  if ((await database.query(select, [hash])).length > 0)
    return console.error(`${file} is already in the portfolio; resuming.`);
  let bad = 0;
  const note = ({ line, problem }: Row) => {
    if (problem === undefined) return;
    bad++;
    console.error(`${file}:${line}: ${printable(problem)}`);
  };
  if (options.strict) {
    for await (const row of content.rows()) note(row);
    if (bad > 0)
      throw new CommandError(`${bad} rows are invalid and --strict is set: no rows were added.`);
  }
  let added = 0;
  let lines = 0;
  let page: Row[] = [];
  const flush = async () => {
    if (page.length > 0)
      added += await database.transaction((queries) => addRows(queries, hash, page));
    page = [];
  };
  for await (const row of content.rows()) {
    lines++;
    note(row);
    page.push(row);
    if (page.length >= pageSize) await flush();
  }
  await flush();
  // Last: until then, another run reads the file again.
  await database.query(
    "insert into qualifications.source values ($1, $2, $3) on conflict do nothing",
    [hash, basename(file), lines],
  );
  const badRows = bad > 0 ? `; ${bad} rows are invalid` : "";
  console.error(`Added ${Math.max(0, added - bad)} rows of ${file}${badRows}.`);
}

async function confirmSending(rows: number): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CommandError(`${rows} requests would be sent. Add --yes to send them.`);
  const { confirm } = await import("@clack/prompts");
  const message = `Request qualifications for ${rows} rows? This cannot be undone.`;
  if ((await confirm({ message })) !== true)
    throw new CommandError("Nothing was sent.", exitCodes.stopped);
}

async function runWorker(options: Flags): Promise<void> {
  if (options.databaseUrl === undefined)
    throw new CommandError("A worker needs a shared database. Pass --database-url.");
  await using database = await openState(options, "work");
  await workOn(database, options, options.untilDone ?? false);
}

/** Works on the portfolio with a line of progress, until it is done or the process gets a signal. */
async function workOn(database: Database, options: Flags, untilDone: boolean) {
  const stop = new AbortController();
  const onSignal = () => {
    // A second signal does not wait for what is under way.
    if (stop.signal.aborted) process.exit(exitCodes.stopped);
    stop.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, onSignal);
  const callMs = options.lease * 250;
  await using connection = await connect(options, {
    connections: options.concurrency,
    timeoutMs: Math.min(30_000, callMs),
    totalTimeoutMs: callMs,
    // The queue repeats requests, and all workers share one rate.
    retry: { maxAttempts: 1, maxRetryAfterMs: 1 },
    // One listing settles the rows of a crash; a wait for each row would hold its place.
    auditWaitMs: 0,
  });
  const { work } = await import("../work/worker.ts");
  const progress = progressPrinter();
  try {
    const { client } = connection;
    const { signal } = stop;
    return await work({
      ...options,
      database,
      client,
      signal,
      untilDone,
      onProgress: progress.update,
      onNote: (line) => console.error(line),
    });
  } finally {
    progress.end();
    for (const name of signals) process.off(name, onSignal);
  }
}
