import { type Cell, nameOf } from "./cells.ts";

/** A star matches any text. A list is any of its members; a member that is left out, any. */
/** A value of a cell, or several. */
export type Pattern = string | number | (string | number)[];

/** Cells that need no proof, and why. */
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

/** Why waivers are no longer what they say: what they waive is proved, or is not there. */
export function staleWaivers(
  waivers: readonly Waiver[],
  cells: readonly Cell[],
  hits: ReadonlyMap<string, number>,
): string[] {
  return waivers.flatMap((waiver) => {
    const waived = cells.filter((cell) => isWaived(waiver, cell)).map(nameOf);
    const covered = waived.filter((name) => hits.has(name));
    const what = `the waiver ${JSON.stringify(waiver.cells)}`;
    if (waived.length === 0) return [`${what} is about nothing that the contract says`];
    return covered.slice(0, 3).map((name) => `${what} is not needed: ${name} is covered`);
  });
}
