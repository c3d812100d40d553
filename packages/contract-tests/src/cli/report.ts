import { alignRows, summaryOf, tablesOf } from "../coverage/tables.ts";
import type { Failure } from "../exchange/failure.ts";
import type { SuiteResult } from "../suite.ts";

/** More of one kind are counted, not shown. */
const shownOfAKind = 3;
/** More are counted, not shown. */
const shownInAll = 25;

/** What a run came to, for people. */
export function report(result: SuiteResult, command: string): string {
  const { failures, sent, took, matrix } = result;
  const lines = ["", ...checkLines(result), ""];
  if (failures.length > 0) lines.push(...failureLines(failures, command), "");
  lines.push("What the answers proved, by status:", ...indent(tablesOf(matrix).answers), "");
  lines.push("What the requests kept and broke:", ...indent(tablesOf(matrix).requests), "");
  lines.push(legend, summaryOf(matrix), "");
  const seconds = (took / 1000).toFixed(1);
  const judged = result.checks.filter((check) => check.judged > 0).length;
  lines.push(
    failures.length === 0
      ? `All held: ${sent} requests, ${judged} checks, ${seconds} s`
      : `${failures.length} failed: ${sent} requests, ${judged} checks, ${seconds} s`,
  );
  return lines.join("\n");
}

const legend = "(~ waived with a reason, ! not proved)";

function indent(rows: string[][]): string[] {
  return alignRows(rows).map((row) => `  ${row}`);
}

function checkLines({ checks }: SuiteResult): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.map(({ name, judged, failed, inapplicable }) => {
    const label = name.padEnd(width);
    if (inapplicable !== undefined) return `  - ${label}  cannot apply: ${inapplicable}`;
    if (judged === 0) return `  - ${label}  nothing to judge in this run`;
    const told = `${judged} judged${failed > 0 ? `, ${failed} failed` : ""}`;
    return `  ${failed > 0 ? "✗" : "✓"} ${label}  ${told}`;
  });
}

function failureLines(failures: Failure[], command: string): string[] {
  const kinds = Map.groupBy(failures, ({ check, operationId }) => `${check}, ${operationId}`);
  const shown = [...kinds.values()].flatMap((kind) => kind.slice(0, shownOfAKind));
  const lines = shown
    .slice(0, shownInAll)
    .flatMap((failure, index) => [
      `${index + 1}. ${failure.check}, ${failure.operationId}: ${failure.message}`,
      `   again: ${command} ${failure.replay}`,
      `   ${failure.curl}`,
    ]);
  const more = failures.length - Math.min(shown.length, shownInAll);
  return more > 0 ? [...lines, `and ${more} more, all of them in the file of --json`] : lines;
}
