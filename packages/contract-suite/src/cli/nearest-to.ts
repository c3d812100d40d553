/** The known name that a mistyped one was probably meant to be; undefined when none is near. */
export function nearestTo(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((one) => ({ one, steps: distance(name.toLowerCase(), one) }))
    .toSorted((a, b) => a.steps - b.steps);
  // A third of the letters may be wrong.
  return nearest && nearest.steps <= Math.max(1, name.length / 3) ? nearest.one : undefined;
}

/** How many letters to insert, remove or replace (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const [replaced = 0, removed = 0] = [row[j], row[j + 1]];
      next.push(Math.min(replaced + Number(letter !== other), removed + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
