import { expect, test } from "vitest";
import { readWaivers } from "../../src/index.ts";
import type { Cell } from "../../src/coverage/cell.ts";
import { isWaived, staleWaivers, type Waiver } from "../../src/coverage/waivers.ts";

const cells: Cell[] = [
  { operation: "read", status: "200" },
  { operation: "read", status: "200", header: "MS-CV" },
  { operation: "read", status: "404", header: "MS-CV" },
];
const tracing: Waiver = { cells: { header: "MS-*" }, reason: "only for tracing" };

test("a waiver is about the cells that have all of its members", () => {
  expect(cells.map((cell) => isWaived(tracing, cell))).toEqual([false, true, true]);
  const exact: Waiver = { cells: { header: "MS-CV", status: [200, 201] }, reason: "as above" };
  expect(cells.map((cell) => isWaived(exact, cell))).toEqual([false, true, false]);
});

test("a waiver that is not needed any more is stale", () => {
  expect(staleWaivers([tracing], cells, new Map())).toEqual([]);
  expect(staleWaivers([tracing], cells, new Map([["read 404 MS-CV", 1]]))).toEqual([
    'the waiver {"header":"MS-*"} is not needed: read 404 MS-CV is covered',
  ]);
});

test("a waiver of what the contract does not say is stale", () => {
  const gone: Waiver = { cells: { header: "X-Gone" }, reason: "gone" };
  expect(staleWaivers([gone], cells, new Map())).toEqual([
    'the waiver {"header":"X-Gone"} is about nothing that the contract says',
  ]);
});

test("every waiver of this project has a reason that is a sentence", () => {
  for (const { reason } of readWaivers()) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
});
