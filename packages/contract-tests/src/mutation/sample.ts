import { hash } from "node:crypto";

/**
 * Draws some of many, the same ones for the same seed, whatever their order.
 *
 * @param count How many at most.
 */
export function sample<T extends { id: string }>(all: T[], count: number, seed: number): T[] {
  const drawn = all
    .map((one) => ({ one, lot: hash("sha256", `${seed} ${one.id}`) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  return drawn.slice(0, count).map(({ one }) => one);
}
