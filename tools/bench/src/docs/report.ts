import { median, printTable } from "../table.ts";
import type { Figures } from "./measure-page.ts";

export const redoc = "Redoc, build-docs --inlineBundle";
export const ours = "Our Redoc, below the site's header";
const own = ["Start", "A guide", "An operation"];

/** Limits of our figures, as multiples of Redoc's own page. */
const limits = {
  paint: { must: 0.75, aim: 0.5 },
  blocking: { must: 0.1, aim: 0.03 },
};

const middle = (all: Figures[], key: keyof Figures) => median(all.map((one) => one[key]));
const most = (all: Figures[], key: keyof Figures) => Math.max(...all.map((one) => one[key]));
const ratio = (figure: number) => `${figure.toFixed(2)}×`;

export function printFigures(figures: Map<string, Figures[]>): void {
  printTable(
    ["", "Paint ms", "Blocking ms", "kB", "Other hosts", "Console errors", "Hydration errors"],
    [...figures].map(([name, all]) => [
      name,
      middle(all, "paint").toFixed(0),
      middle(all, "blocking").toFixed(0),
      middle(all, "kilobytes").toFixed(0),
      String(most(all, "otherHosts")),
      String(most(all, "consoleErrors")),
      String(most(all, "hydrationErrors")),
    ]),
  );
}

export function printRatios(figures: Map<string, Figures[]>): void {
  const rows: string[][] = [];
  for (const name of [...own, ours]) {
    for (const measure of ["paint", "blocking"] as const) {
      const { must, aim } = limits[measure];
      const ratios = figures
        .get(name)!
        .map((one, round) => one[measure] / figures.get(redoc)![round]![measure]);
      const figure = median(ratios);
      const range = `${ratio(Math.min(...ratios))} to ${ratio(Math.max(...ratios))}`;
      const wanted =
        name === ours
          ? ["", "", ""]
          : [`≤ ${ratio(must)}`, `≤ ${ratio(aim)}`, reached(figure, must, aim)];
      rows.push([`${name}, ${measure}`, ratio(figure), range, ...wanted]);
    }
  }
  for (const [what, key] of [
    ["Requests to other hosts", "otherHosts"],
    ["Console errors", "consoleErrors"],
    ["Hydration errors", "hydrationErrors"],
  ] as const) {
    const all = [...own, ours].flatMap((name) => figures.get(name)!);
    const sum = all.reduce((total, one) => total + one[key], 0);
    rows.push([`${what}, all of ours`, String(sum), "", "0", "0", reached(sum, 0, 0)]);
  }
  printTable(["× Redoc's own page", "Median", "Rounds", "Must", "Aim", "Reached"], rows);
}

const reached = (figure: number, must: number, aim: number) =>
  figure <= aim ? "aim" : figure <= must ? "must" : "missed";
