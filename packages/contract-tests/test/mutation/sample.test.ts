import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allMutants } from "../../src/mutation/all-mutants.ts";
import { onlyMatch } from "../../src/mutation/by-hand/replace.ts";
import { changed } from "../../src/mutation/by-rule/contract-rules.ts";
import { drawMutants } from "../../src/mutation/draw-mutants.ts";
import { judge } from "../../src/mutation/judge.ts";
import { knownSurvivors } from "../../src/mutation/known-survivors.ts";
import { PatchError } from "../../src/mutation/mutant.ts";

// Which defects are planted, and how a run is judged. `test:full` plants them (`mutate`); that each check can fail at
// all is in ../checks.

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const mutants = allMutants(root);

test("at least thirty defects are planted, half of them by rule", () => {
  const drawn = drawMutants(mutants, 1);
  expect(drawn.length).toBeGreaterThanOrEqual(30);
  expect(drawn.filter(({ by }) => by === "rule").length).toBeGreaterThanOrEqual(drawn.length / 2);
  expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
});

function ids(seed: number): string[] {
  return drawMutants(mutants, seed).map(({ id }) => id);
}

test("the same seed draws the same defects, another one others", () => {
  expect(ids(1)).toEqual(ids(1));
  expect(ids(2)).not.toEqual(ids(1));
});

test("a patch whose place is gone says so", () => {
  expect(() => onlyMatch("const a = 1", /const b/, "b is lost")).toThrow(PatchError);
  expect(() => onlyMatch("a a", /a/, "a is lost")).toThrow("found 2 places");
  expect(() => changed("{}", ["paths", "/v1"], undefined, "v1 is lost")).toThrow(
    "The patch no longer applies: v1 is lost",
  );
  const [mutant] = mutants.byRule.get("simulator/guards") ?? [];
  expect(() => mutant?.patch("// built anew")).toThrow(PatchError);
});

test("a survivor that nobody has explained is complained of, and counted", () => {
  const [first, second] = mutants.byHand.filter(({ id }) => !knownSurvivors[id]);
  if (!first || !second) throw new Error("There are no two");
  const { score, complaints } = judge(
    [
      { mutant: first, outcome: { is: "survived", tests: 1 }, took: 1 },
      { mutant: second, outcome: { is: "killed", by: "a test" }, took: 1 },
    ],
    mutants,
  );
  expect(score).toBe(0.5);
  expect(complaints).toEqual([
    `nobody has explained why it survives: ${first.id}`,
    "only 50.0 % are found",
  ]);
});
