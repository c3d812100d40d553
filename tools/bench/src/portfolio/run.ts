import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { printTable } from "../table.ts";
import { runCli, startMock, writeRows } from "./measure.ts";

const concurrency = 32;
const throughputRows = 20_000;
const throttledRows = 1500;
const plannedRows = 1_000_000;

/** Compares a portfolio with the plain client, and measures its use of a rate limit and its memory. */
export async function run({ rounds = 1 }: { rounds?: number }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-portfolio-"));
  const rows: string[][] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      rows.push(await throughput(folder, round));
      rows.push(await throttled(folder, round));
    }
    rows.push(await planning(folder), await restart(folder));
    printTable(["", "Measured", "Must"], rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures from the first request to the last outcome, as reported by the run. */
async function throughput(folder: string, round: number): Promise<string[]> {
  const file = join(folder, "rows.csv");
  await writeRows(file, throughputRows);
  using mock = await startMock(["--review-time", "PT0S"]);
  const loop = fileURLToPath(new URL("plain-loop.ts", import.meta.url));
  const args = [loop, mock.url, String(throughputRows), String(concurrency)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const plain = Number(stdout);
  using fresh = await startMock(["--review-time", "PT0S"]);
  const options = [
    "--base-url",
    fresh.url,
    "--token",
    "any",
    "--concurrency",
    String(concurrency),
    "--rate",
    "100000",
  ];
  const state = join(folder, `state-${round}`);
  const { seconds, peakMb, code } = await runCli([
    "portfolio",
    "run",
    file,
    "--state",
    state,
    "--yes",
    ...options,
  ]);
  if (code !== 0) throw new Error(`The run ended with ${code}`);
  return [
    `${throughputRows} customers, share of the plain loop (start, import and end included)`,
    `${(plain / seconds).toFixed(2)} (${plain.toFixed(1)} s / ${seconds.toFixed(1)} s, ${Math.round(peakMb)} MB)`,
    "≥ 0.6",
  ];
}

async function throttled(folder: string, round: number): Promise<string[]> {
  const file = join(folder, "throttled.csv");
  await writeRows(file, throttledRows);
  using mock = await startMock([
    "--review-time",
    "PT1H",
    "--throttle",
    "50/PT1S",
    "--journal-size",
    "100000",
  ]);
  const state = join(folder, `throttled-${round}`);
  const options = ["--base-url", mock.url, "--token", "any", "--state", state];
  const running = runCli(["portfolio", "run", file, "--yes", ...options]);
  // Until all are requested.
  for (let left = 1; left > 0;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { output, code } = await runCli(["portfolio", "status", "--state", state, "--json"]);
    if (code === 0) {
      const counts = JSON.parse(output) as { planned: number; queued: number; total: number };
      left = counts.total === 0 ? 1 : counts.planned + counts.queued;
    }
  }
  const exchanges = await readJournal(mock.url);
  const { output } = await runCli(["portfolio", "cancel", "--state", state]);
  if (!output.includes("Cancelled")) throw new Error(output);
  await running;
  const posts = exchanges.filter(({ method }) => method === "POST");
  const first = posts[0]!.at;
  const last = posts.at(-1)!.at;
  const within = exchanges.filter(({ at }) => at >= first && at <= last);
  const refused = within.filter(({ status }) => status === 429).length;
  // At first, the bucket holds a second's worth.
  const allowed = 50 + ((last - first) / 1000) * 50;
  return [
    "Throttled at 50 requests/s: share of the allowed rate / answered 429",
    `${(((within.length - refused) / allowed) * 100).toFixed(1)} % / ${((refused / within.length) * 100).toFixed(2)} % (${within.length} requests in ${((last - first) / 1000).toFixed(0)} s)`,
    "≥ 95 % / < 2 %",
  ];
}

async function readJournal(url: string) {
  const found: { at: number; method: string; status: number }[] = [];
  for (let after = 0; ;) {
    const response = await fetch(`${url}/_mock/journal?after=${after}&limit=1000`);
    const { log } = (await response.json()) as {
      log: {
        entries: {
          _number: number;
          startedDateTime: string;
          request: { method: string };
          response: { status: number };
        }[];
      };
    };
    for (const {
      _number,
      startedDateTime,
      request,
      response: { status },
    } of log.entries) {
      after = _number;
      found.push({ at: Date.parse(startedDateTime), method: request.method, status });
    }
    if (log.entries.length === 0) return found;
  }
}

async function planning(folder: string): Promise<string[]> {
  const file = join(folder, "million.csv");
  await writeRows(file, plannedRows);
  const { peakMb, seconds, code, output } = await runCli(["portfolio", "plan", file, "--no-read"]);
  if (code !== 0) throw new Error(output);
  return [
    `Peak memory while planning ${plannedRows} rows (--no-read)`,
    `${Math.round(peakMb)} MB in ${seconds.toFixed(1)} s`,
    "≤ 300 MB",
  ];
}

/** Measures from the start to the first request, with all rows open and in review. */
async function restart(folder: string): Promise<string[]> {
  const file = join(folder, "rows.csv");
  const state = join(folder, "open");
  using mock = await startMock(["--review-time", "P30D", "--journal-size", "100000"]);
  const options = ["--base-url", mock.url, "--token", "any", "--state", state, "--yes"];
  const { spawnRun } = await import("./spawn-run.ts");
  const first = spawnRun(["portfolio", "run", file, ...options]);
  await first.untilJournal(mock.url, throughputRows);
  await first.kill();
  const before = (await readJournal(mock.url)).length;
  const began = Date.now();
  const second = spawnRun(["portfolio", "run", file, ...options]);
  await second.untilJournal(mock.url, before + 1);
  const startedMs = Date.now() - began;
  await second.kill();
  return [
    `From start to work again with ${throughputRows} open rows`,
    `${(startedMs / 1000).toFixed(1)} s`,
    "≤ 3 s",
  ];
}
