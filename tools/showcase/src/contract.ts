import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import {
  contract as model,
  groundsOf,
  propertiesOf,
  type Response,
} from "@partner-qualifications/spec/model";
import { parse } from "yaml";

interface Fact {
  source: string;
  at: string;
  says: string;
}
interface Contradiction {
  matter: string;
  taken: string;
}
const root = new URL("../../../", import.meta.url);
const spec = new URL("spec/", root);

/** What the contract's rules say, what is behind its properties, and what its examples cover. */
export async function contract(directory: URL): Promise<void> {
  const text = [
    "# The contract, checked",
    "Made by `pnpm showcase contract`.",
    "## Lint, and changes since the last release",
    run("npx", ["-y", "pnpm@12", "--silent", "run", "lint"], spec),
    "## The workflows, executed against the mock",
    run(
      "vitest",
      ["run", "phases/workflows", "--reporter=tree"],
      root,
    ),
    "## Twenty properties, drawn at random, with what is behind them",
    ...twentyProperties(),
    "## Examples of each operation's answers",
    examples(),
  ].join("\n\n");
  writeFileSync(new URL("contract.md", directory), `${text}\n`);
}

function run(command: string, args: string[], cwd: URL): string {
  const { stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", npm_config_loglevel: "error" },
  });
  const output = stripVTControlCharacters(stdout + stderr)
    .replaceAll(fileURLToPath(root), "")
    .replaceAll(fileURLToPath(root).slice(0, -1), ".");
  return `\`\`\`text\n${output.trim()}\n\`\`\``;
}

function twentyProperties(): string[] {
  const read = <T>(name: string) =>
    parse(readFileSync(new URL(name, spec), "utf8")) as Record<string, T>;
  const { facts, sources } = parse(readFileSync(new URL("evidence.yaml", spec), "utf8")) as {
    facts: Record<string, Fact>;
    sources: Record<string, { title: string; dated: string }>;
  };
  const contradictions = read<Contradiction>("contradictions.yaml");
  const all = Object.entries(model.schemas).flatMap(([name, schema]) =>
    propertiesOf(schema).map(([member, property]) => ({ name: `${name}.${member}`, property })),
  );
  const drawn: typeof all = [];
  while (drawn.length < 20) drawn.push(...all.splice(Math.floor(Math.random() * all.length), 1));
  return drawn.map(({ name, property }) => {
    const behind = groundsOf(property).evidence.map((key) => {
      const fact = facts[key];
      if (fact) {
        const source = sources[fact.source];
        return `  - ${fact.says} — ${fact.source} (${source?.title}, ${source?.dated}): ${fact.at}`;
      }
      const { matter, taken } = contradictions[key] as Contradiction;
      return `  - ${key}, ${matter}: ${taken}`;
    });
    return [`- \`${name}\``, ...behind].join("\n");
  });
}

/** A table operation × status: how many examples each media type has. */
function examples(): string {
  const { operations } = model;
  const statuses = [...new Set(operations.flatMap(({ responses }) => Object.keys(responses)))];
  let answers = 0;
  let covered = 0;
  const count = (response: Response | undefined) => {
    const counts = Object.values(response?.content ?? {}).map(
      (media) => Object.keys(media.examples).length,
    );
    answers += counts.length;
    covered += counts.filter((examplesOfType) => examplesOfType > 0).length;
    return counts.join(" + ");
  };
  const rows = operations.map(
    ({ id, responses }) =>
      `| ${id} | ${statuses.map((status) => count(responses[status])).join(" | ")} |`,
  );
  return [
    `| operation | ${statuses.join(" | ")} |`,
    `| --- |${statuses.map(() => " --- |").join("")}`,
    ...rows,
    "",
    `${covered} of ${answers} documented media types of answers have an example; \`+\` stands between media types, an empty place is a status that the operation does not document.`,
  ].join("\n");
}
