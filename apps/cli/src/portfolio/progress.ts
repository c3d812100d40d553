import { duration } from "../print.ts";
import type { Counts } from "../store/portfolio.ts";
import type { WorkProgress } from "../work/worker.ts";

/** Without a terminal a line is printed so often, in milliseconds, and whenever the reason for waiting changes. */
const quietMs = 10_000;

/** Prints how far the work is: one line that is rewritten on a terminal, and plain lines elsewhere. */
export function progressPrinter() {
  const { isTTY, columns = 80 } = process.stderr;
  const began = performance.now();
  let first: Counts | undefined;
  let printedAt = -Infinity;
  let isWaiting = false;
  return {
    update(progress: WorkProgress): void {
      first ??= progress.counts;
      const now = performance.now();
      const changed = isWaiting !== (progress.waiting !== undefined);
      if (!isTTY && now - printedAt < quietMs && !changed) return;
      printedAt = now;
      isWaiting = progress.waiting !== undefined;
      const line = describe(progress, first, (now - began) / 1000);
      if (isTTY) process.stderr.write(`\r\u001B[K${line.slice(0, columns - 1)}`);
      else console.error(line);
    },
    end(): void {
      if (isTTY) process.stderr.write("\n");
    },
  };
}

function describe({ counts, sent, rate, waiting }: WorkProgress, first: Counts, seconds: number) {
  const { left, inReview, total, ended } = counts;
  const pace = (first.left - left) / seconds;
  const allowed = rate === null ? "" : ` of ${rate.toFixed(1)} allowed`;
  const parts = [
    `${ended} of ${total} ended`,
    `${inReview} in review`,
    left > 0 && `${left} to request`,
    `${Math.round(sent / seconds)} requests/s${allowed}`,
    left > 0 && pace > 0 && `all requested in ${duration((left / pace) * 1000)}`,
    left === 0 && inReview > 0 && !waiting && "waiting for Microsoft's reviews",
    ...Object.entries(counts.waiting).map(([why, count]) => `${count} waiting: ${why}`),
    waiting,
  ];
  return parts.filter(Boolean).join(" · ");
}
