import { type Cell, nameOf } from "./cells.ts";

/** A value of a cell, or several: a star matches any text, a list any of its members. */
export type Pattern = string | number | (string | number)[];

/** Cells that need no proof, and the reason. */
export interface Waiver {
  cells: Partial<Record<keyof Cell, Pattern>>;
  reason: string;
}

export function isWaived({ cells }: Waiver, cell: Cell): boolean {
  return Object.entries(cells).every(([member, pattern]) => {
    const value = cell[member as keyof Cell];
    return value !== undefined && [pattern].flat().some((one) => matches(String(one), value));
  });
}

function matches(pattern: string, value: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}

/** Reports outdated waivers: their cells are proved, or do not exist. */
export function staleWaivers(
  waivers: readonly Waiver[],
  cells: readonly Cell[],
  hits: ReadonlyMap<string, number>,
): string[] {
  return waivers.flatMap((waiver) => {
    const waived = cells.filter((cell) => isWaived(waiver, cell)).map(nameOf);
    const covered = waived.filter((name) => hits.has(name));
    const what = `the waiver ${JSON.stringify(waiver.cells)}`;
    if (waived.length === 0) return [`${what} matches no statement of the contract`];
    return covered.slice(0, 3).map((name) => `${what} is not needed: ${name} is covered`);
  });
}
