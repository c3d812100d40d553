import { type Mutant, type Part, PatchError } from "../mutant.ts";

/** Replaces what a pattern finds, which must be there exactly once. */
export function replaceOnce(
  text: string,
  pattern: RegExp,
  replacement: string,
  defect: string,
): string {
  const found = [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))];
  if (found.length !== 1) throw new PatchError(defect, `found ${found.length} places, not one`);
  return text.replace(pattern, replacement);
}

/** A defect that somebody thought of. */
export function byHand(
  part: Part,
  file: string,
  defect: string,
  pattern: RegExp,
  replacement: string,
): Mutant {
  return {
    id: `${part}/hand: ${defect}`,
    part,
    by: "hand",
    defect,
    place: `${file}: ${pattern.source.length > 60 ? `${pattern.source.slice(0, 59)}…` : pattern.source}`,
    file,
    patch: (text) => replaceOnce(text, pattern, replacement, defect),
  };
}
