import type { Command } from "commander";
import { CommandError } from "../failure.ts";
import { addOptions, type Flags } from "../options.ts";
import { printJson, printTable } from "../print.ts";
import { openState } from "../store/open.ts";
import { countRows, setPaused } from "../store/portfolio.ts";
import { Budget } from "../work/budget.ts";

/** Adds the commands that act on a portfolio that is there, also while another process works on it. */
export function addControl(portfolio: Command): void {
  const add = (name: string, description: string) =>
    addOptions(portfolio.command(name), "state").description(description);
  addOptions(add("status", "print the portfolio's progress"), "json").action(status);
  add("pause", "stop sending requests until resumed").action((options: Flags) =>
    pause(options, true),
  );
  add("resume", "continue after a pause").action((options: Flags) => pause(options, false));
  add("retry", "request rows again that ended without a response from Partner Center")
    .option("--failed", "rows that failed or were refused")
    .option("--dry-run", "only count them")
    .action(retry);
  add("cancel", "cancel the open rows; requests already sent stay in review at Microsoft")
    .option("--dry-run", "only count them")
    .action(cancel);
}

async function pause(options: Flags, isPaused: boolean): Promise<void> {
  await using database = await openState(options, "read");
  await setPaused(database, isPaused);
  console.log(
    isPaused
      ? "Paused: no more requests are sent. Continue with: qualifications portfolio resume"
      : "Resumed. If no process is running: qualifications portfolio run",
  );
}

async function status(options: Flags): Promise<void> {
  await using database = await openState(options, "read");
  const counts = await countRows(database);
  const budget = await new Budget(database, Infinity).read();
  if (options.json) return printJson({ ...counts, budget });
  const { left, inReview, outcomes, total, waiting, polls, paused } = counts;
  const rows = { "to be requested": left, "in review": inReview, ...outcomes, all: total };
  printTable(["", "Rows"], Object.entries(rows));
  const reasons = Object.entries(waiting).map(([why, count]) => `${count} ${why}`);
  if (reasons.length > 0) console.log(`\nWaiting: ${reasons.join(", ")}`);
  const { rate, accepted, refused, closedMs } = budget;
  const limit = rate === null ? "no limit learned yet" : `${rate.toFixed(1)} requests/s learned`;
  console.log(
    `\n${limit}; ${accepted} requests accepted, ${refused} rejected with 429; ${polls} polls.`,
  );
  if (closedMs > 0)
    console.log(`Waiting until ${new Date(Date.now() + closedMs).toISOString()} after a 429.`);
  if (paused) console.log("Paused. Continue with: qualifications portfolio resume");
}

/** A row that failed may have been carried out, so its request keeps its identifier; a refusal was an answer. */
const again = `update qualifications.row set state = 'planned', token = null,
  request_id = case when outcome = 'Refused' then gen_random_uuid()::text else request_id end,
  sent_at = case when outcome = 'Refused' then null else sent_at end,
  outcome = null, reason = null, code = null, ended_at = null`;

async function retry({ failed, dryRun, ...options }: Flags): Promise<void> {
  if (!failed) throw new CommandError("Specify which rows to retry: --failed");
  await using database = await openState(options, "read");
  const which = "where outcome in ('Failed', 'Refused') and body is not null";
  const rows = await database.query(
    dryRun ? `select 1 from qualifications.row ${which}` : `${again} ${which} returning 1`,
  );
  const what = dryRun ? "would be requested again." : "are requested again by: portfolio run";
  console.log(`${rows.length} rows ${what}`);
}

async function cancel({ dryRun, ...options }: Flags): Promise<void> {
  await using database = await openState(options, "read");
  const { open } = await countRows(database);
  if (dryRun) return console.log(`${open} rows would be cancelled.`);
  await database.query(
    "update qualifications.row set state = 'ended', outcome = 'Cancelled', waiting = null, ended_at = $1 where state <> 'ended'",
    [Date.now()],
  );
  console.log(`Cancelled ${open} rows.`);
}
