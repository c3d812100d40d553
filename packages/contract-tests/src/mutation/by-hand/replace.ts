import { placeOf, sourcesOf } from "../by-rule/program.ts";
import { type Mutant, type Part, PatchError } from "../mutant.ts";

/** A built file that is to be patched. */
export interface BuiltFile {
  part: Part;
  /** From the root of a copy. */
  file: string;
  text: string;
}

/**
 * A defect that somebody thought of, at the one place that a pattern finds.
 *
 * @throws {PatchError} When the pattern does not find exactly one.
 */
export function byHand(
  { part, file, text }: BuiltFile,
  defect: string,
  pattern: RegExp,
  replacement: string,
): Mutant {
  const start = onlyMatch(text, pattern, defect);
  return {
    id: `${part}/hand: ${defect}`,
    part,
    by: "hand",
    defect,
    place: placeOf({ text, sourceOf: sourcesOf(text) }, start),
    file,
    patch(current) {
      onlyMatch(current, pattern, defect);
      return current.replace(pattern, replacement);
    },
  };
}

/** Where a pattern is found, which must be in one place. */
export function onlyMatch(text: string, pattern: RegExp, defect: string): number {
  const [found, ...more] = text.matchAll(new RegExp(pattern, `${pattern.flags}g`));
  if (found && more.length === 0) return found.index;
  throw new PatchError(defect, `found ${found ? more.length + 1 : 0} places, not one`);
}
