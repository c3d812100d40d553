import type { Matrix, Weighed } from "../coverage/matrix.ts";

/** Returns two tables: observed responses and sent requests. */
export function tablesOf({ cells }: Matrix): { answers: string[][]; requests: string[][] } {
  const operations = [...new Set(cells.map(({ operation }) => operation))];
  const statuses = distinct(cells.map(({ status }) => status)).toSorted();
  const places = distinct(cells.map(({ place }) => place));
  const rows = (columns: string[], isIn: (cell: Weighed, column: string) => boolean) =>
    operations.map((operation) => {
      const own = cells.filter((cell) => cell.operation === operation);
      const shares = columns.map((column) => share(own.filter((cell) => isIn(cell, column))));
      return [operation].concat(shares);
    });
  const ways = places.flatMap((place) => [`${place}, kept`, `${place}, broken`]);
  return {
    answers: [
      ["operation", ...statuses],
      ...rows(statuses, ({ status }, column) => status === column),
    ],
    requests: [
      ["operation", ...ways],
      ...rows(ways, ({ place, way }, column) => `${place}, ${way}` === column),
    ],
  };
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

/** Returns the proved share of some cells; waived ones have their own sign. */
function share(cells: Weighed[]): string {
  if (cells.length === 0) return "";
  const covered = cells.filter(({ hits }) => hits > 0).length;
  const waived = cells.filter(({ waived: reason }) => reason !== undefined).length;
  const missing = cells.length - covered - waived;
  return `${covered}${waived > 0 ? ` ~${waived}` : ""}${missing > 0 ? ` !${missing}` : ""}`;
}

/** Aligns rows in columns. */
export function alignRows(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Summarizes in one line how much of the contract was proved. */
export function summaryOf({ cells, covered, waived, missing }: Matrix): string {
  const percent = ((100 * (covered + waived)) / cells.length).toFixed(1);
  return `Coverage: ${covered} of the contract's ${cells.length} statements proved, ${waived} waived, ${missing.length} missing (${percent} %)`;
}
