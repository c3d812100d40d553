import { duration } from "../print.ts";
import { type Counts, openRows } from "../store/portfolio.ts";
import type { WorkProgress } from "../work/worker.ts";

/** Without a terminal a line is printed so often, in milliseconds, and whenever the reason for waiting changes. */
const quietMs = 10_000;

/** Prints how far the work is: one line that is rewritten on a terminal, and plain lines elsewhere. */
export function progressPrinter(isTerminal: boolean) {
  const began = performance.now();
  let first: Counts | undefined;
  let printedAt = -Infinity;
  let waiting: string | undefined;
  const write = (line: string) => {
    if (isTerminal)
      process.stderr.write(`\r\u001B[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else console.error(line);
  };
  return {
    update(progress: WorkProgress): void {
      first ??= progress.counts;
      const now = performance.now();
      if (!isTerminal && now - printedAt < quietMs && progress.waiting === waiting) return;
      printedAt = now;
      waiting = progress.waiting;
      write(describe(progress, first, now - began));
    },
    end(): void {
      if (isTerminal) process.stderr.write("\n");
    },
  };
}

function describe(
  { counts, sent, rate, waiting }: WorkProgress,
  first: Counts,
  ms: number,
): string {
  const left = counts.planned + counts.queued;
  const pace = (first.planned + first.queued - left) / (ms / 1000);
  const parts = [
    `${counts.ended} of ${counts.total} ended`,
    `${counts.inReview} in review`,
    left > 0 && `${left} to request`,
    `${Math.round(sent / (ms / 1000))} requests/s${rate === null ? "" : ` of ${rate.toFixed(1)} allowed`}`,
    left > 0 && pace > 0 && `all requested in ${duration((left / pace) * 1000)}`,
    left === 0 && counts.inReview > 0 && !waiting && "waiting for Microsoft's reviews",
    ...Object.entries(counts.waiting).map(([why, count]) => `${count} waiting: ${why}`),
    waiting,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** The lines that end a run: how many rows have which outcome. */
export function summary(counts: Counts): string {
  const outcomes = Object.entries(counts.outcomes).toSorted(([, one], [, other]) => other - one);
  const lines = outcomes.map(([outcome, count]) => `${outcome.padEnd(10)} ${count}`);
  const open = openRows(counts);
  if (open > 0) lines.push(`${"Open".padEnd(10)} ${open}`);
  return lines.join("\n");
}
