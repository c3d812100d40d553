import { styleText } from "node:util";
import Table from "cli-table3";
import prettyMs from "pretty-ms";

type Cell = string | number | null | undefined;

const borders = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right";
const inner = "left left-mid mid mid-mid right right-mid";
const noBorders = Object.fromEntries(`${borders} ${inner}`.split(" ").map((name) => [name, ""]));

/** Prints rows as a table for people: aligned columns, and color only on a terminal. */
export function printTable(head: string[], rows: Cell[][]): void {
  const table = new Table({
    head: head.map((title) => styleText("bold", title, { stream: process.stdout })),
    style: { head: [], border: [] },
    chars: { ...noBorders, middle: "  " },
  });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell ?? ""))));
  console.log(table.toString().replaceAll(/ +$/gm, ""));
}

/** Prints a value: as JSON for programs, or as a table for people. */
export function print(json: boolean | undefined, value: unknown, head: string[], rows: Cell[][]) {
  if (json) printJson(value);
  else printTable(head, rows);
}

/** Prints a value for programs. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

/** Text of the service or of a file, without what a terminal would obey. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it replaces
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ");
}

/** Writes a duration in the largest two units. */
export const duration = (ms: number): string =>
  prettyMs(ms, { unitCount: 2, secondsDecimalDigits: 0 });
