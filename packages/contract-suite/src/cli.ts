#!/usr/bin/env node
import { help } from "./cli/help.ts";
import { readOptions } from "./cli/options.ts";
import { SuiteError } from "./errors.ts";
import { packageVersion } from "./package-file.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  if (options.version) return console.log(packageVersion());
  // Wrong usage is reported before the suite and what it needs are loaded.
  const { runCommand } = await import("./cli/run-command.ts");
  await runCommand(options);
}

main().catch((error: Error) => {
  const exitCode = exitCodeOf(error);
  console.error(`qualifications-contract: ${exitCode === undefined ? error.stack : error.message}`);
  process.exitCode = exitCode ?? 1;
});

function exitCodeOf(error: Error): number | undefined {
  if (error instanceof SuiteError) return error.exitCode;
  // The contract's reader throws it, and knows nothing of exit codes.
  return error.name === "ContractError" ? 4 : undefined;
}
