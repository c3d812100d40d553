import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract } from "@partner-qualifications/spec/model";
import { type Cell, cellsOf, nameOf } from "./cells.ts";
import type { Recorder } from "./recorder.ts";
import { isWaived, staleWaivers, type Waiver } from "./waivers.ts";

/** A cell, and what traffic made of it. */
export interface Weighed extends Cell {
  /** How many exchanges were a proof of it. */
  hits: number;
  /** Why it needs none. */
  waived?: string;
}

export interface Matrix {
  cells: Weighed[];
  covered: number;
  waived: number;
  /** Neither proved nor waived. */
  missing: string[];
  /** What is wrong with waivers. */
  stale: string[];
  /** What answers had and the contract does not. */
  undocumented: string[];
}

/** Weighs all that a contract says against what traffic proved. */
export function matrixOf(
  contract: Contract,
  schemas: Schemas,
  { hits, undocumented }: Pick<Recorder, "hits" | "undocumented">,
  waivers: readonly Waiver[] = [],
): Matrix {
  const all = cellsOf(contract, schemas);
  const cells = all.map((cell): Weighed => {
    const count = hits.get(nameOf(cell)) ?? 0;
    const waiver = count === 0 ? waivers.find((one) => isWaived(one, cell)) : undefined;
    return Object.assign(cell, { hits: count }, waiver && { waived: waiver.reason });
  });
  return {
    cells,
    covered: cells.filter((cell) => cell.hits > 0).length,
    waived: cells.filter(({ waived }) => waived !== undefined).length,
    missing: cells
      .filter((cell) => cell.hits === 0 && cell.waived === undefined)
      .map((cell) => nameOf(cell)),
    stale: staleWaivers(waivers, all, hits),
    undocumented: [...undocumented],
  };
}

/** What keeps a matrix from being whole, a line for each. */
export function gapsOf({ missing, stale, undocumented }: Matrix): string[] {
  return [
    ...missing.map((name) => `not proved: ${name}`),
    ...stale,
    ...undocumented.map((name) => `not in the contract: ${name}`),
  ];
}
