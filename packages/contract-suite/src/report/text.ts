import { quoted } from "../exchange/curl.ts";
import type { SuiteResult } from "../phases/run-suite.ts";
import { mostHeadBytes } from "../phases/run.ts";
import { type Cause, causesOf } from "./causes.ts";
import { alignRows, summaryOf, tablesOf } from "./tables.ts";

/** Longer requests are stored in a file. */
const longestLine = 600;
const longestMessage = 400;

/** Stores requests that are too long to print. */
export interface LongRequests {
  /** @returns The path of the file. */
  keep(curl: string): string;
}

/** Formats a run's result for a terminal. */
export function textOf(result: SuiteResult, command: string, long: LongRequests): string {
  const { failures, sent, tooLong, took, matrix } = result;
  const lines = ["", ...checkLines(result), "", ...seedLines(result)];
  if (tooLong > 0) {
    lines.push(
      `${tooLong} requests of more than ${mostHeadBytes} bytes (URL and headers) got 414 or 431 and were not judged`,
      "",
    );
  }
  const causes = causesOf(failures);
  if (causes.length > 0) lines.push(...causeLines(causes, command, long), "");
  lines.push("Statements proved by responses, by status:", ...indent(tablesOf(matrix).answers), "");
  lines.push(
    "Statements satisfied and violated by requests:",
    ...indent(tablesOf(matrix).requests),
    "",
  );
  lines.push(legend, summaryOf(matrix), "");
  const seconds = (took / 1000).toFixed(1);
  const judged = result.checks.filter((check) => check.judged > 0).length;
  lines.push(
    failures.length === 0
      ? `All passed: ${sent} requests, ${judged} checks, ${seconds} s`
      : `${failures.length} failed of ${causes.length} ${causes.length === 1 ? "cause" : "causes"}: ${sent} requests, ${judged} checks, ${seconds} s`,
  );
  return lines.join("\n");
}

/** Returns how to repeat the drawn requests, and what may prevent it. */
function seedLines({ drawings, seed }: SuiteResult): string[] {
  if (drawings.length === 0) return [];
  const cut = drawings.filter(({ wasCut }) => wasCut).length;
  const cases = drawings.reduce((sum, drawing) => sum + drawing.cases, 0);
  const lines = [`Seed ${seed}: ${cases} cases in ${drawings.length} drawings`];
  if (cut > 0) {
    lines.push(
      `--time cut ${cut} of ${drawings.length} drawings short after ${cases} cases: seed ${seed} may draw more or fewer next time. Bound the run with --max-cases`,
    );
  }
  return [...lines, ""];
}

const legend = "(~ waived with a reason, ! not proved)";

function indent(rows: string[][]): string[] {
  return alignRows(rows).map((row) => `  ${row}`);
}

function checkLines({ checks }: SuiteResult): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.map(({ name, judged, failed, inapplicable }) => {
    const label = name.padEnd(width);
    if (inapplicable !== undefined) return `  - ${label}  does not apply: ${inapplicable}`;
    if (judged === 0) return `  - ${label}  nothing to judge in this run`;
    const counts = `${judged} judged${failed > 0 ? `, ${failed} failed` : ""}`;
    return `  ${failed > 0 ? "✗" : "✓"} ${label}  ${counts}`;
  });
}

function causeLines(causes: readonly Cause[], command: string, long: LongRequests): string[] {
  return causes.flatMap(({ example, count, operations }, index) => {
    const { check, operationId, message, replay, curl } = example;
    const times = count === 1 ? "once" : `${count} times`;
    return [
      `${index + 1}. ${check}, ${operationId}: ${shortened(message)}`,
      `   ${times}, in ${operations.join(", ")}`,
      `   again: ${command} ${replay}`,
      `   ${curl.length > longestLine ? `sh ${quoted(long.keep(curl))}` : curl}`,
    ];
  });
}

function shortened(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}
