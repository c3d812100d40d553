import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addAccount } from "./commands/account.ts";
import { addAudit } from "./commands/audit.ts";
import { addCustomers } from "./commands/customers.ts";
import { addLearning } from "./commands/learn.ts";
import { exitCodes, explain } from "./failure.ts";
import { addControl } from "./portfolio/control.ts";
import { addExport } from "./portfolio/export.ts";
import { addPlan } from "./portfolio/plan.ts";
import { addRun } from "./portfolio/run.ts";

/**
 * Runs the command `qualifications` in this process.
 *
 * @param args What would follow the command's name.
 * @returns The exit code; `qualifications --help` lists them.
 * @example
 *   const code = await run(["portfolio", "status", "--state", "./portfolio"]);
 */
export async function run(args: string[]): Promise<number> {
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await createProgram().parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { message, exitCode } = explain(error);
    console.error(`qualifications: ${message}`);
    return exitCode;
  } finally {
    process.exitCode = before;
  }
}

function createProgram(): Command {
  const program = new Command("qualifications")
    .description(
      "Requests qualifications for a partner's customers: for one, or for a whole portfolio.",
    )
    .version(manifest.version)
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of [addAccount, addCustomers, addAudit, addLearning]) add(program);
  const portfolio = program
    .command("portfolio")
    .description("qualify all rows of a file, over days");
  for (const add of [addPlan, addRun, addControl, addExport]) add(portfolio);
  return program.addHelpText("after", help);
}

const help = `
Examples:
  qualifications demo
  qualifications customers --search contoso
  qualifications request 11111111-2222-3333-4444-555555555555 education --segment K12 --watch
  qualifications audit --since 7d --csv
  qualifications portfolio plan rows.csv
  qualifications portfolio run rows.csv --state ./portfolio --yes
  qualifications portfolio export --format html --output report.html

Exit codes:
  ${exitCodes.done}    done; of a portfolio: every row has an outcome
  ${exitCodes.failed}    it failed
  ${exitCodes.usage}    the command, a file or a database cannot be used as it is
  ${exitCodes.incomplete}    every row was worked on, and some are invalid or failed: see portfolio export
  ${exitCodes.signIn}    the sign-in was refused or has expired: sign in, and run the command again
  ${exitCodes.stopped}  stopped; a portfolio resumes with the same command

The credential comes from --token, or from the variables that qualifications login --help lists.`;
