import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract } from "@partner-qualifications/spec/model";
import { type Cell, cellsOf, nameOf } from "./cells.ts";
import type { Recorder } from "./recorder.ts";
import { isWaived, staleWaivers, type Waiver } from "./waivers.ts";

/** A cell with the results of traffic. */
export interface Weighed extends Cell {
  /** Number of exchanges that prove it. */
  hits: number;
  /** Why it needs no proof. */
  waived?: string;
}

export interface Matrix {
  cells: Weighed[];
  covered: number;
  waived: number;
  /** Cells neither proved nor waived. */
  missing: string[];
  /** Waivers that this run did not need. They say nothing about the server. */
  stale: string[];
  /** Parts of responses that the contract does not document. */
  undocumented: string[];
}

/** Compares a contract's statements with traffic. */
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

/** Returns what keeps a matrix from being complete, one line each. */
export function gapsOf({ missing, undocumented }: Matrix): string[] {
  return [
    ...missing.map((name) => `not proved: ${name}`),
    ...undocumented.map((name) => `undocumented: ${name}`),
  ];
}
