import { execFile } from "node:child_process";
import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = new URL("../../../", import.meta.url);

/** The programs that print a help text, by how they are started. */
const programs = [
  ["packages/mock/dist/cli.js"],
  ["packages/credentials/dist/cli.js"],
  ["packages/contract-suite/dist/cli.js"],
  ["scripts/run.mjs", "start"],
];

const files = [
  "*.md",
  "{spec,packages/*,apps/*}/README.md",
  "apps/docs/pages/**/*.md",
  "apps/docs/.vitepress/theme/*.vue",
];

/**
 * Collects every command that a reader can copy: from READMEs, pages, the help texts and "Try it".
 *
 * @returns Each command once, with where it is shown.
 */
export async function collectCommands(): Promise<Map<string, string>> {
  const commands = new Map<string, string>();
  const add = (command: string, where: string) => {
    if (!commands.has(command)) commands.set(command, where);
  };
  for await (const file of glob(files, {
    cwd: root,
    exclude: ["apps/docs/pages/generated/**"],
  })) {
    const text = await readFile(new URL(file, root), "utf8");
    for (const command of commandsOf(text)) add(command, file);
  }
  for (const program of programs) {
    const [script = "", ...args] = program;
    const { stdout } = await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL(script, root)),
      ...args,
      "--help",
    ]);
    for (const command of indentedCommands(stdout)) add(command, `${program.join(" ")} --help`);
  }
  return commands;
}

const name = String.raw`(?:\w+=\S+ )*(?:npx|pnpm|curl|vitest|qualifications-\w+) `;

/** The commands of a page: blocks of `sh`, a line each, and what is between backticks or tags in a line. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, code = ""]) =>
    code.replaceAll("\\\n", " ").trim().split("\n"),
  );
  // A single word is the name of a command.
  const inline = [...text.matchAll(new RegExp(`(?:\`|>)(${name}[^\`<\n]+)(?:\`|<)`, "g"))];
  return [...blocks, ...inline.map(([, command = ""]) => command)].map((line) =>
    line.replace(/\s+#.*$/, "").trim(),
  );
}

/** The commands of a help text or of what a command prints: indented by two, perhaps over several lines. */
export function indentedCommands(text: string): string[] {
  const lines = text.replaceAll(/ \\\n\s+/g, " ").split("\n");
  const command = new RegExp(`^ {2}(${name}.*?)(?: {3,}.*)?$`);
  return lines.flatMap((line) => command.exec(line)?.[1] ?? []);
}
