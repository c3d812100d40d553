import Table from "cli-table3";
import { styleText } from "node:util";

type Cell = string | number | null | undefined;

/** Prints rows as a table for people: aligned columns, and color only on a terminal. */
export function printTable(head: string[], rows: Cell[][]): void {
  const table = new Table({
    head: head.map((title) => styleText("bold", title, { stream: process.stdout })),
    style: { head: [], border: [] },
    chars: Object.fromEntries(
      [
        "top",
        "top-mid",
        "top-left",
        "top-right",
        "bottom",
        "bottom-mid",
        "bottom-left",
        "bottom-right",
        "left",
        "left-mid",
        "mid",
        "mid-mid",
        "right",
        "right-mid",
        "middle",
      ].map((name) => [name, name === "middle" ? "  " : ""]),
    ),
  });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell ?? ""))));
  console.log(table.toString().replaceAll(/ +$/gm, ""));
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

/** Writes an outcome in its color. */
export function colored(outcome: string): string {
  const color = {
    Approved: "green",
    Denied: "yellow",
    Refused: "red",
    Failed: "red",
    Invalid: "red",
  } as const;
  const own = color[outcome as keyof typeof color];
  return own ? styleText(own, outcome, { stream: process.stdout }) : outcome;
}

/** Writes a duration in the largest two units. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  const at = units.findIndex(([size]) => seconds >= size);
  if (at < 0) return "0 s";
  const [size, unit] = units[at]!;
  const next = units[at + 1];
  const rest = next ? Math.floor((seconds % size) / next[0]) : 0;
  return `${Math.floor(seconds / size)} ${unit}${next && rest > 0 ? ` ${rest} ${next[1]}` : ""}`;
}
