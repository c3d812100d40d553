import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startPostgres } from "@partner-qualifications/testing/postgres";
import { printTable } from "../table.ts";
import {
  addFault,
  control,
  type Exchange,
  readJournal,
  runCli,
  spawnCli,
  startMock,
  writeRows,
} from "./measure.ts";

const concurrency = 32;
/** The counts that the table is about; `--rows` is for trying the benchmark out. */
const fullRows = 20_000;

type Row = [what: string, measured: string, must: string];
type Part = (folder: string, rows: number) => Promise<Row>;

/** Measures what a portfolio costs beside the plain client, how well it uses a rate, its memory and its polls. */
export async function run({ rounds = 1, rows = fullRows }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-portfolio-"));
  const table: Row[] = [];
  const parts: Part[] = [throughput, throttled, planning, twoWorkers, restart, settling, threeDays];
  const only = process.env["BENCH_PORTFOLIO"]?.split(",");
  try {
    for (const part of parts) {
      if (only && !only.includes(part.name)) continue;
      for (let round = 0; round < rounds; round++) {
        const own = join(folder, `${part.name}-${round}`);
        const row = await part(own, rows);
        console.log(row.join("  "));
        table.push(row);
        await rm(own, { recursive: true, force: true });
      }
    }
    console.log();
    printTable(["", "Measured", "Must"], table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the first request to the last outcome, and from the start of the command to its end. */
async function throughput(folder: string, rows: number): Promise<Row> {
  const file = await writeRows(folder, rows);
  using mock = await startMock(["--review-time", "PT0S", "--journal-size", String(rows * 2)]);
  const loop = fileURLToPath(new URL("plain-loop.ts", import.meta.url));
  const args = [loop, mock.url, String(rows), String(concurrency)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const plain = Number(stdout);
  using fresh = await startMock(["--review-time", "PT0S", "--journal-size", String(rows * 2)]);
  const options = ["--concurrency", String(concurrency), "--rate", "100000"];
  const { seconds, peakMb } = await runCli([...runOf(file, folder, fresh.url), ...options]);
  const exchanges = await readJournal(fresh.url);
  const work = (exchanges.at(-1)!.at - exchanges[0]!.at) / 1000;
  return [
    `${rows} customers: share of the plain loop at the same concurrency, first to last request`,
    `${(plain / work).toFixed(2)} (${plain.toFixed(1)} s / ${work.toFixed(1)} s; ${(plain / seconds).toFixed(2)} with start, import and end; ${Math.round(peakMb)} MB)`,
    "≥ 0.6",
  ];
}

async function throttled(folder: string, rows: number): Promise<Row> {
  const wanted = Math.min(rows, 3000);
  const file = await writeRows(folder, wanted);
  using mock = await startMock([
    "--review-time",
    "P30D",
    "--throttle",
    "50/PT1S",
    "--journal-size",
    "100000",
  ]);
  const running = spawnCli(runOf(file, folder, mock.url));
  await running.until(mock.url, (exchanges) => accepted(exchanges).length >= wanted);
  await running.kill();
  const exchanges = await readJournal(mock.url);
  const posts = accepted(exchanges);
  const [first, last] = [posts[0]!.at, posts.at(-1)!.at];
  const within = exchanges.filter(({ at }) => at >= first && at <= last);
  const refused = within.filter(({ status }) => status === 429).length;
  // The bucket holds a second's worth at first.
  const allowed = 50 + ((last - first) / 1000) * 50;
  return [
    "Throttled at 50 requests/s: share of the allowed rate / answered 429",
    `${percent((within.length - refused) / allowed)} / ${percent(refused / within.length)} (${within.length} requests in ${((last - first) / 1000).toFixed(0)} s)`,
    "≥ 95 % / < 2 %",
  ];
}

async function planning(folder: string, rows: number): Promise<Row> {
  const planned = rows * 50;
  const file = await writeRows(folder, planned);
  const { peakMb, seconds } = await runCli(["portfolio", "plan", file, "--no-read"]);
  const fewer = await runCli([
    "portfolio",
    "plan",
    await writeRows(folder, planned / 10),
    "--no-read",
  ]);
  return [
    `Peak memory while planning ${planned} rows (--no-read), and a tenth of them`,
    `${Math.round(peakMb)} MB in ${seconds.toFixed(1)} s, ${Math.round(fewer.peakMb)} MB`,
    "≤ 300 MB, flat",
  ];
}

/** A request takes 200 ms and each worker has 8 under way, so that neither service nor processor is the limit. */
async function twoWorkers(folder: string, rows: number): Promise<Row> {
  const file = await writeRows(folder, rows / 10);
  const seconds: number[] = [];
  for (const workers of [1, 2]) {
    await using postgres = await startPostgres();
    using mock = await startMock(["--review-time", "PT0S", "--journal-size", "100000"]);
    await addFault(mock.url, { kind: "latency", delay: "PT0.2S", count: 1_000_000 });
    const shared = ["--base-url", mock.url, "--token", "any", "--database-url", postgres.url()];
    const options = [...shared, "--concurrency", "8"];
    // The tables and rows are there before the clock starts.
    const first = spawnCli(["portfolio", "run", file, "--yes", ...options]);
    const others = [];
    for (let more = 1; more < workers; more++) {
      await first.until(mock.url, (exchanges) => exchanges.length > 0);
      others.push(spawnCli(["worker", ...options]));
    }
    await first.until(mock.url, (exchanges) => exchanges.length >= rows / 10);
    await Promise.all([first, ...others].map((one) => one.kill()));
    const exchanges = await readJournal(mock.url);
    // Without the start of the second.
    const later = exchanges.slice(Math.floor(exchanges.length * 0.3));
    seconds.push((later.at(-1)!.at - later[0]!.at) / later.length);
  }
  return [
    "Two workers on PostgreSQL against one (200 ms a request, 8 at once in each worker)",
    `${(seconds[0]! / seconds[1]!).toFixed(2)}× (${(1000 / seconds[0]!).toFixed(0)} and ${(1000 / seconds[1]!).toFixed(0)} requests/s)`,
    "≥ 1.7×",
  ];
}

/** From the start to the first request, with all rows open and in review. */
async function restart(folder: string, rows: number): Promise<Row> {
  const file = await writeRows(folder, rows);
  using mock = await startMock(["--review-time", "P30D", "--journal-size", "100000"]);
  const first = spawnCli(runOf(file, folder, mock.url));
  await first.until(mock.url, (exchanges) => accepted(exchanges).length >= rows);
  await first.kill();
  const before = (await readJournal(mock.url)).length;
  const began = Date.now();
  const second = spawnCli(runOf(file, folder, mock.url));
  await second.until(mock.url, (exchanges) => exchanges.length > before);
  const startedMs = Date.now() - began;
  await second.kill();
  return [
    `From start to work again with ${rows} open rows`,
    `${(startedMs / 1000).toFixed(1)} s`,
    "≤ 3 s",
  ];
}

/** Every answer is lost until the process is killed; then counts what the next one sends to settle the rows. */
async function settling(folder: string, wanted: number): Promise<Row> {
  // While these wait, the command sends no others.
  const rows = Math.min(wanted, 5000);
  const file = await writeRows(folder, rows);
  using mock = await startMock(["--review-time", "P30D", "--journal-size", "1000000"]);
  await addFault(mock.url, { kind: "reset", count: 1_000_000 });
  const first = spawnCli(runOf(file, folder, mock.url));
  const isRecorded = (exchanges: Exchange[]) =>
    exchanges.filter((one) => one.isRecorded).length >= rows;
  await first.until(mock.url, isRecorded);
  await first.kill();
  await control(mock.url, "DELETE", "faults");
  // Later than the last record appears.
  await control(mock.url, "POST", "clock/advance", { by: "PT10S" });
  const before = (await readJournal(mock.url)).at(-1)!.number;
  const second = spawnCli(runOf(file, folder, mock.url));
  await second.until(mock.url, (exchanges) => exchanges.some(({ number }) => number > before));
  await sleep(Math.max(3000, rows));
  await second.kill();
  const exchanges = await readJournal(mock.url, before);
  const listed = exchanges.findLastIndex(({ path }) => path === "/v1/auditrecords");
  // Polls of the sample are what follows; another POST would be a row that was not settled.
  const sent = exchanges.filter(({ method }, at) => at <= listed || method === "POST").length;
  const status = ["portfolio", "status", "--state", join(folder, "state"), "--json"];
  const { inReview } = JSON.parse((await runCli(status)).output) as { inReview: number };
  return [
    `Settling ${rows} rows whose answers were lost in a crash: requests against customers`,
    `${percent(sent / rows)} (${sent} requests; ${inReview} rows in review)`,
    "≤ 1 %",
  ];
}

/** Three days pass in three minutes. */
async function threeDays(folder: string, rows: number): Promise<Row> {
  const file = await writeRows(folder, rows);
  const speed = "1440";
  const clock = ["--review-time", "P3D", "--clock", "fast", "--speed", speed];
  using mock = await startMock([...clock, "--journal-size", "1000000"]);
  await runCli([...runOf(file, folder, mock.url), "--speed", speed]);
  const polls = (await readJournal(mock.url)).filter(({ method }) => method === "GET").length;
  return [
    `Following ${rows} vettings for three days: polls sent against the least possible`,
    `${(polls / rows).toFixed(2)}× (${polls} polls)`,
    "≤ 3×",
  ];
}

function runOf(file: string, folder: string, url: string): string[] {
  const where = ["--state", join(folder, "state"), "--base-url", url, "--token", "any"];
  return ["portfolio", "run", file, "--yes", ...where];
}

const accepted = (exchanges: Exchange[]) =>
  exchanges.filter(({ method, status }) => method === "POST" && status < 300);

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
