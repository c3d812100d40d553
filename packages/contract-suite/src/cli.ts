#!/usr/bin/env node
import { help } from "./cli/help.ts";
import { readOptions } from "./cli/options.ts";
import { SuiteError } from "./errors.ts";
import { packageVersion } from "./package-file.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  if (options.version) return console.log(packageVersion());
  // Report wrong usage before loading the suite and its dependencies.
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
  // Thrown by the contract's reader, which has no exit codes.
  return error.name === "ContractError" ? 4 : undefined;
}
