import type { Command } from "commander";
import { printJson, printTable } from "../print.ts";
import { CommandError } from "../failure.ts";
import { countRows, openRows, readFlag, setFlag } from "../store/portfolio.ts";
import { addStateOptions, openState, type StateOptions } from "./state.ts";
import { addWorkOptions, runWorker, type WorkOptions } from "./run.ts";
import { Budget } from "../work/budget.ts";

type Flags = StateOptions & { json?: boolean; dryRun?: boolean; failed?: boolean };

/** Adds the commands that act on a portfolio that is there, also while another process works on it. */
export function addControl(program: Command, portfolio: Command): void {
  addStateOptions(portfolio.command("status"))
    .description("print how far the portfolio is")
    .option("--json", "print it as JSON")
    .action(status);
  for (const [name, value, said] of [
    [
      "pause",
      "true",
      "Paused: nothing more is sent. Continue with: qualifications portfolio resume",
    ],
    ["resume", "false", "Resumed. If no process works on it: qualifications portfolio run"],
  ] as const) {
    addStateOptions(portfolio.command(name))
      .description(
        name === "pause" ? "send nothing more until it is resumed" : "send again after a pause",
      )
      .action(async (options: Flags) => {
        await using database = await openState(options, "read");
        await setFlag(database, "paused", value);
        console.log(said);
      });
  }
  addStateOptions(portfolio.command("retry"))
    .description("request rows again that ended without an answer of Partner Center")
    .option("--failed", "rows that failed or were refused")
    .option("--dry-run", "only count them")
    .action(retry);
  addStateOptions(portfolio.command("cancel"))
    .description("give up the rows that are open; what was requested stays in review at Microsoft")
    .option("--dry-run", "only count them")
    .action(cancel);
  addWorkOptions(program.command("worker"))
    .description("work on a portfolio in a shared database, beside other workers, until stopped")
    .option("--until-done", "end when no row is open")
    .action(async (options: WorkOptions & { untilDone?: boolean }) => {
      if (options.databaseUrl === undefined) {
        throw new CommandError("A worker shares a database with others: give --database-url.");
      }
      await using database = await openState(options, "work");
      await runWorker(database, options, options.untilDone ?? false);
    });
}

async function status(options: Flags): Promise<void> {
  await using database = await openState(options, "read");
  const counts = await countRows(database);
  const paused = (await readFlag(database, "paused")) === "true";
  const budget = await new Budget(database, 1, Infinity).read();
  if (options.json) return printJson({ ...counts, open: openRows(counts), paused, budget });
  printTable(
    ["", "Rows"],
    [
      ["to be requested", counts.planned + counts.queued],
      ["in review", counts.inReview],
      ...Object.entries(counts.outcomes),
      ["all", counts.total],
    ],
  );
  const waiting = Object.entries(counts.waiting).map(([why, count]) => `${count} ${why}`);
  if (waiting.length > 0) console.log(`\nWaiting: ${waiting.join(", ")}`);
  const rate =
    budget.rate === null ? "no limit met yet" : `${budget.rate.toFixed(1)} requests/s learned`;
  console.log(
    `\n${rate}; ${budget.accepted} requests accepted, ${budget.refused} answered 429; ${counts.polls} polls.`,
  );
  if (budget.closedForMs > 0) {
    console.log(
      `Waiting until ${new Date(Date.now() + budget.closedForMs).toISOString()}, as Partner Center wants (429).`,
    );
  }
  if (paused) console.log("Paused. Continue with: qualifications portfolio resume");
}

async function retry(options: Flags): Promise<void> {
  if (!options.failed) throw new CommandError("Say which rows: --failed");
  await using database = await openState(options, "read");
  const which = "outcome in ('Failed', 'Refused') and body is not null";
  const [found] = options.dryRun
    ? await database.query<{ count: number }>(
        `select count(*)::integer as count from qualifications.row where ${which}`,
      )
    : await database.query<{ count: number }>(
        // A row that failed may have been carried out, so its request keeps its identifier; a refusal was an answer.
        `with again as (
           update qualifications.row set state = 'planned', token = null,
             request_id = case when outcome = 'Refused' then gen_random_uuid()::text else request_id end,
             sent_at = case when outcome = 'Refused' then null else sent_at end,
             outcome = null, reason = null, code = null, failures = 0, failing_since = null, ended_at = null
           where ${which} returning 1
         ) select count(*)::integer as count from again`,
      );
  console.log(
    options.dryRun
      ? `${found?.count ?? 0} rows would be requested again.`
      : `${found?.count ?? 0} rows are requested again by: qualifications portfolio run`,
  );
}

async function cancel(options: Flags): Promise<void> {
  await using database = await openState(options, "read");
  const open = openRows(await countRows(database));
  if (options.dryRun) return console.log(`${open} rows would be cancelled.`);
  await database.query(
    "update qualifications.row set state = 'ended', outcome = 'Cancelled', waiting = null, ended_at = $1 where state <> 'ended'",
    [Date.now()],
  );
  console.log(`Cancelled ${open} rows.`);
}
