import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allMutants } from "../../src/mutation/all-mutants.ts";
import { drawMutants } from "../../src/mutation/draw-mutants.ts";
import { knownSurvivors } from "../../src/mutation/known-survivors.ts";
import { runMutants } from "../../src/mutation/run-mutants.ts";
import { sample } from "../../src/mutation/sample.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const mutants = allMutants(root);

test("a planted defect of each part is found, and the working tree is not touched", async () => {
  const before = contents();
  const candidates = drawMutants(mutants, 1).filter(({ id }) => !knownSurvivors[id]);
  const three = ["simulator", "contract", "client"].flatMap((part) =>
    sample(
      candidates.filter((mutant) => mutant.part === part),
      1,
      1,
    ),
  );
  const results = await runMutants(root, three, { workers: 2, limitMs: 600_000 });
  expect(results.map(({ mutant, outcome }) => [mutant.id, outcome.is])).toEqual(
    three.map(({ id }) => [id, "killed"]),
  );
  expect(contents()).toEqual(before);
}, 900_000);

function contents(): string[] {
  const files = [...mutants.byHand, ...[...mutants.byRule.values()].flat()].map(({ file }) => file);
  return [...new Set(files), "spec/dist/openapi.json"]
    .filter((file) => !file.startsWith("spec-of-the-suite"))
    .map((file) => hash("sha256", readFileSync(join(root, file))));
}
