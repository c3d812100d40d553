import type { Command } from "commander";
import { addConnectionOptions, connect, type ConnectionOptions } from "../connection.ts";
import { CommandError, exitCodes } from "../failure.ts";
import { printJson } from "../print.ts";
import { openRows } from "../rows/read-rows.ts";
import { countRows, type Counts, openRows as openCount, setFlag } from "../store/portfolio.ts";
import { importFile } from "./import-file.ts";
import { progressPrinter, summary } from "./progress.ts";
import { addRowOptions, type RowOptions } from "./row-options.ts";
import { addStateOptions, openState, type StateOptions } from "./state.ts";

export interface WorkOptions extends ConnectionOptions, StateOptions {
  concurrency: number;
  rate: number;
  speed: number;
  lease: number;
  json?: boolean;
}

interface RunOptions extends WorkOptions, RowOptions {
  strict?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

export const positive = (text: string): number => {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new CommandError(`"${text}" is not a number above 0`);
};

/** Adds the options of commands that send requests. */
export function addWorkOptions(command: Command): Command {
  return addStateOptions(addConnectionOptions(command))
    .option("--concurrency <n>", "requests under way at once", positive, 32)
    .option("--rate <n>", "requests a second that are never exceeded", positive, 1000)
    .option(
      "--lease <seconds>",
      "how long a worker may be silent before another does its jobs",
      positive,
      90,
    )
    .option(
      "--speed <n>",
      "seconds of the service's time in a second, for a mock with a fast clock",
      positive,
      1,
    )
    .option("--json", "print the result as JSON");
}

export function addRun(portfolio: Command): void {
  addRowOptions(addWorkOptions(portfolio.command("run [file]")))
    .description(
      "request every row's qualification, and follow each to its outcome; run it again to resume",
    )
    .option("--strict", "add nothing when a row is bad")
    .option("--dry-run", "check the file and send nothing, as portfolio plan does")
    .option("-y, --yes", "do not ask before sending")
    .action(run);
}

async function run(file: string | undefined, options: RunOptions): Promise<void> {
  if (options.dryRun) {
    if (file === undefined) throw new CommandError("--dry-run needs a file");
    const { plan } = await import("./plan.ts");
    return plan(file, options);
  }
  const content = file === undefined ? undefined : await openRows(file, options.map, options);
  await using database = await openState(options, file === undefined ? "work" : "begin");
  if (file !== undefined && content) {
    const imported = await importFile(
      database,
      file,
      content,
      options.strict ?? false,
      (line, problem) => console.error(`${file}:${line}: ${problem}`),
    );
    console.error(
      imported.known
        ? `${file} is in the portfolio already; resuming.`
        : `Added ${imported.added - imported.problems} rows of ${file}${imported.problems > 0 ? `; ${imported.problems} rows are bad` : ""}.`,
    );
  }
  const open = openCount(await countRows(database));
  if (open > 0 && !options.yes) await confirmSending(open);
  // What was paused is continued by whoever runs it again.
  await setFlag(database, "paused", "false");
  const counts = await runWorker(database, options, true);
  if (options.json) printJson(counts);
  else console.log(summary(counts));
  process.exitCode = exitCodeOf(counts);
}

async function confirmSending(rows: number): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CommandError(`${rows} requests would be sent. Add --yes to send them.`);
  const { confirm } = await import("@clack/prompts");
  const answer = await confirm({
    message: `Request qualifications for ${rows} rows? This cannot be undone.`,
  });
  if (answer !== true) throw new CommandError("Nothing was sent.", exitCodes.stopped);
}

/** Works on the portfolio with a line of progress, until it is done or the process gets a signal. */
export async function runWorker(
  database: Awaited<ReturnType<typeof openState>>,
  options: WorkOptions,
  untilDone: boolean,
): Promise<Counts> {
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
  });
  const { work } = await import("../work/worker.ts");
  const progress = progressPrinter(process.stderr.isTTY);
  try {
    return await work({
      database,
      client: connection.client,
      concurrency: options.concurrency,
      rate: options.rate,
      speed: options.speed,
      leaseSeconds: options.lease,
      signal: stop.signal,
      untilDone,
      onProgress: (now) => progress.update(now),
    });
  } finally {
    progress.end();
    for (const name of signals) process.off(name, onSignal);
  }
}

function exitCodeOf(counts: Counts): number {
  if (openCount(counts) > 0) {
    console.error("Stopped. Run the same command again to resume.");
    return exitCodes.stopped;
  }
  const { Failed = 0, Invalid = 0 } = counts.outcomes;
  return Failed + Invalid > 0 ? exitCodes.incomplete : exitCodes.done;
}
