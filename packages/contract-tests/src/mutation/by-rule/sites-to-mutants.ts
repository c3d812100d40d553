import { MagicString } from "magic-string";
import { type Mutant, type Part, PatchError } from "../mutant.ts";
import type { Rule } from "./code-rules.ts";
import { parseBuilt, placeOf } from "./program.ts";

export interface RuleOptions {
  part: Part;
  /** The built file, from the root of a copy. */
  file: string;
  text: string;
  rules: Record<string, Rule>;
  /** The source files whose parts are looked at; all of them when left out. */
  sources?: string[];
}

/** Every defect that the rules can plant in a built file. */
export function mutantsByRule({ part, file, text, rules, sources }: RuleOptions): Mutant[] {
  const built = parseBuilt(text);
  for (const source of sources ?? []) {
    if (!text.includes(source)) throw new PatchError(source, `${file} has no such part`);
  }
  const seen = new Map<string, number>();
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(built)
      .filter(({ start }) => !sources || sources.includes(built.sourceOf(start)))
      .toSorted((a, b) => a.start - b.start)
      .map(({ start, end, replacement, defect }): Mutant => {
        const place = placeOf(built, start);
        const same = `${part}/${name}: ${defect} @ ${place}`;
        const count = (seen.get(same) ?? 0) + 1;
        seen.set(same, count);
        return {
          id: count === 1 ? same : `${same} #${count}`,
          part,
          by: "rule",
          defect,
          place,
          file,
          patch(current) {
            if (current !== text) throw new PatchError(defect, `${file} was changed meanwhile`);
            return new MagicString(current).overwrite(start, end, replacement).toString();
          },
        };
      }),
  );
}
