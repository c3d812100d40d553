import catalog from "@partner-qualifications/spec/errors.json" with { type: "json" };
import { Argument, type Command } from "commander";
import { CommandError } from "../failure.ts";
import { addOptions, connect, type Flags } from "../options.ts";
import { printJson, printTable } from "../print.ts";

/** Adds the commands that need no partner: error codes, the demo, and shell completion. */
export function addLearning(program: Command): void {
  addOptions(program.command("errors <code>"), "json")
    .description("explain an error code of Partner Center: what it means, and who can fix it")
    .action(explainCode);
  program
    .command("demo")
    .description("start the mock of Partner Center, and follow two customers to their outcomes")
    .option("--keep", "leave the mock running, to try the other commands on it")
    .action(demo);
  program
    .command("completion")
    .description("print a script for your shell: source <(qualifications completion bash)")
    .addArgument(new Argument("<shell>").choices(Object.keys(scripts)))
    .action((shell: keyof typeof scripts) => console.log(scripts[shell]));
  program
    .command("complete [words...]", { hidden: true })
    .action((typed: string[]) => console.log(wordsAfter(program, typed).join("\n")));
}

function explainCode(code: string, { json }: Flags): void {
  const found = catalog.filter((one) => one.code === code);
  if (found.length === 0) {
    const codes = catalog.map((one) => one.code).join(", ");
    throw new CommandError(`The error catalog has no code ${code}. Valid codes: ${codes}`);
  }
  if (json) return printJson(found);
  for (const { status, meaning, fixedBy, retry, whatToDo } of found) {
    const facts = { Status: status, Meaning: meaning, "Fixed by": fixedBy, Retry: retry };
    printTable(["Code", code], Object.entries({ ...facts, "What to do": whatToDo }));
  }
}

const customers = {
  "Bellows College": "00000000-0000-4000-8000-0000000000a1",
  "Fourth Coffee": "00000000-0000-4000-8000-00000000de01",
};

async function demo({ keep }: Flags): Promise<void> {
  const { startMock } = await import("@partner-qualifications/mock");
  await using mock = await startMock({ clock: "manual" });
  const options = `--base-url ${mock.url} --token any`;
  await using connection = await connect({ baseUrl: mock.url, token: "any" });
  const { qualifications } = connection.client;
  for (const [company, id] of Object.entries(customers)) {
    console.log(`\n# ${company}`);
    console.log(`$ qualifications request ${id} education --segment K12 ${options}`);
    const body = { qualification: "Education", educationSegment: "K12" } as const;
    const { item } = await qualifications.request(id, body);
    console.log(`${item?.vettingStatus}. The mock's clock moves five days on.`);
    mock.advance("P5D");
    console.log(`$ qualifications get ${id} ${options}`);
    for (const { vettingStatus, vettingReason } of await qualifications.list(id))
      console.log([vettingStatus, vettingReason].filter(Boolean).join(": "));
  }
  console.log("\nA whole spreadsheet: qualifications portfolio plan rows.csv, then portfolio run.");
  if (!keep) return;
  console.log(`The mock runs on ${mock.url}. Stop it with Ctrl-C.`);
  await new Promise<void>((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
}

const words = `$(qualifications complete -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}")`;
const bash = `_qualifications() { COMPREPLY=($(compgen -W "${words}" -- "\${COMP_WORDS[COMP_CWORD]}")); }
complete -o default -F _qualifications qualifications`;

/** What each shell runs to learn the words that can follow. */
const scripts = {
  bash,
  zsh: `autoload -U +X bashcompinit && bashcompinit\n${bash}`,
  fish: `complete -c qualifications -a '(qualifications complete -- (commandline -opc)[2..-1])'`,
};

function wordsAfter(program: Command, typed: string[]): string[] {
  const command = typed.reduce(
    (at, word) => at.commands.find((one) => one.name() === word) ?? at,
    program,
  );
  const last = command.options.find((option) => option.long === typed.at(-1));
  const names = command.commands.map((one) => one.name()).filter((name) => name !== "complete");
  return last?.argChoices ?? [...names, ...command.options.flatMap(({ long }) => long ?? [])];
}
