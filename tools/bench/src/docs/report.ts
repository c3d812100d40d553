import { median, printTable } from "../table.ts";
import type { Figures } from "./measure-page.ts";

export const redoc = "Redoc, build-docs --inlineBundle";
export const before = "Our Redoc, before it is touched";
export const after = "… from a key press until it is there";
const own = ["Start", "A guide", "An operation"];

/** Limits of our figures, as multiples of Redoc's own page. */
const limits = {
  paint: { pages: { must: 0.8, aim: 0.5 }, redoc: { must: 0.75, aim: 0.6 } },
  blocking: { pages: { must: 0.1, aim: 0.03 }, redoc: { must: 0.1, aim: 0.03 } },
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
  for (const name of [...own, before]) {
    for (const measure of ["paint", "blocking"] as const) {
      const { must, aim } = limits[measure][name === before ? "redoc" : "pages"];
      const ratios = figures
        .get(name)!
        .map((one, round) => one[measure] / figures.get(redoc)![round]![measure]);
      const figure = median(ratios);
      rows.push([
        `${name}, ${measure}`,
        ratio(figure),
        `${ratio(Math.min(...ratios))} to ${ratio(Math.max(...ratios))}`,
        `≤ ${ratio(must)}`,
        `≤ ${ratio(aim)}`,
        reached(figure, must, aim),
      ]);
    }
  }
  for (const [what, key] of [
    ["Requests to other hosts", "otherHosts"],
    ["Console errors", "consoleErrors"],
    ["Hydration errors", "hydrationErrors"],
  ] as const) {
    const ours = [...own, before, after].flatMap((name) => figures.get(name)!);
    const sum = ours.reduce((total, one) => total + one[key], 0);
    rows.push([`${what}, all of ours`, String(sum), "", "0", "0", reached(sum, 0, 0)]);
  }
  printTable(["× Redoc's own page", "Median", "Rounds", "Must", "Aim", "Reached"], rows);
}

const reached = (figure: number, must: number, aim: number) =>
  figure <= aim ? "aim" : figure <= must ? "must" : "missed";
