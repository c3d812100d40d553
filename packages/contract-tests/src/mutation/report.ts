import { type Judgement, leastScore, percent } from "./judge.ts";
import { knownSurvivors } from "./known-survivors.ts";
import type { Part } from "./mutant.ts";
import type { Result } from "./run-mutants.ts";

const parts: Part[] = ["simulator", "contract", "client"];

/** What is told of a whole run, as Markdown. */
export function report(results: Result[], judgement: Judgement, seed: number): string {
  const { score, survivors, equivalent } = judgement;
  return [
    "# Planted defects, and what the contract suite makes of them",
    `Made by \`pnpm mutate --seed ${seed}\`. Each defect is one change to the built simulator, to the built client or to the contract that the suite reads; the suite runs against it, in a copy, until its first failure.`,
    `**${percent(score)}** of the defects are found; at least ${percent(leastScore)} must be.`,
    totals(results, judgement),
    "## What gets by",
    "Equivalent are those that nobody outside could tell from the original; they are not counted.",
    explanations([...survivors, ...equivalent]),
    "## All of them",
    table(
      ["defect", "in", "chosen by", "where", "result", "first failure"],
      results.map(({ mutant, outcome }) => [
        mutant.defect,
        mutant.part,
        mutant.by,
        code(mutant.place),
        knownSurvivors[mutant.id]?.is === "equivalent" && outcome.is === "survived"
          ? "equivalent"
          : outcome.is,
        outcome.is === "killed" ? outcome.by : outcome.is === "broken" ? outcome.why : "",
      ]),
    ),
  ].join("\n\n");
}

function totals(results: Result[], judgement: Judgement): string {
  const { killed, timedOut, broken, survivors, equivalent } = judgement;
  const groups = [results, killed, timedOut, broken, survivors, equivalent];
  const rows = parts.flatMap((part) =>
    (["hand", "rule"] as const).map((by) => {
      const counts = groups.map((group) =>
        String(group.filter(({ mutant }) => mutant.part === part && mutant.by === by).length),
      );
      return [`${part}, chosen by ${by}`, counts].flat();
    }),
  );
  const all = ["all", ...groups.map((group) => String(group.length))];
  return table(
    ["", "planted", "killed", "timed out", "not run", "survived", "equivalent"],
    [...rows, all],
  );
}

function explanations(results: Result[]): string {
  if (results.length === 0) return "Nothing.";
  return results
    .map(({ mutant }) => {
      const known = knownSurvivors[mutant.id];
      const verdict = known ? `${known.is}: ${known.why}` : "not explained yet";
      return `- ${mutant.defect} (${mutant.part}, ${code(mutant.place)}): ${verdict}`;
    })
    .join("\n");
}

function table(head: string[], rows: string[][]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
