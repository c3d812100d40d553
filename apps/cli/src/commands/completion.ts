import { Argument, type Command } from "commander";

/** What each shell runs to learn the words that can follow; `complete` is hidden in the help. */
const scripts = {
  bash: `_qualifications() { COMPREPLY=($(compgen -W "$(qualifications complete -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "\${COMP_WORDS[COMP_CWORD]}")); }
complete -o default -F _qualifications qualifications`,
  zsh: `autoload -U +X bashcompinit && bashcompinit
_qualifications() { COMPREPLY=($(compgen -W "$(qualifications complete -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "\${COMP_WORDS[COMP_CWORD]}")); }
complete -o default -F _qualifications qualifications`,
  fish: `complete -c qualifications -a '(qualifications complete -- (commandline -opc)[2..-1])'`,
};

/** Adds shell completion: the script, and the command that it calls. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("print a script for your shell: source <(qualifications completion bash)")
    .addArgument(new Argument("<shell>").choices(Object.keys(scripts)))
    .action((shell: keyof typeof scripts) => console.log(scripts[shell]));
  program
    .command("complete [words...]", { hidden: true })
    .action((words: string[]) => console.log(wordsAfter(program, words).join("\n")));
}

function wordsAfter(program: Command, words: string[]): string[] {
  let command = program;
  for (const word of words) {
    command = command.commands.find((one) => one.name() === word) ?? command;
  }
  const last = command.options.find((option) => option.long === words.at(-1));
  if (last?.argChoices) return last.argChoices;
  const hidden = new Set(["complete"]);
  return [
    ...command.commands.map((one) => one.name()).filter((name) => !hidden.has(name)),
    ...command.options.flatMap(({ long }) => long ?? []),
  ];
}
