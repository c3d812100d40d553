import { Command } from "commander";
import { addAccount } from "./commands/account.ts";
import { addCompletion } from "./commands/completion.ts";
import { addCustomers } from "./commands/customers.ts";
import { addDemo } from "./commands/demo.ts";
import { addErrors } from "./commands/errors.ts";
import { exitCodes } from "./failure.ts";
import { addControl } from "./portfolio/control.ts";
import { addExport } from "./portfolio/export.ts";
import { addPlan } from "./portfolio/plan.ts";
import { addRun } from "./portfolio/run.ts";

/** Builds the command with all that it can do. */
export function createProgram(version: string): Command {
  const program = new Command("qualifications")
    .description("Qualifies the customers of a Partner Center partner: one, or a whole portfolio.")
    .version(version)
    .showSuggestionAfterError()
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  addAccount(program);
  addCustomers(program);
  addErrors(program);
  addDemo(program);
  const portfolio = program
    .command("portfolio")
    .description("qualify all rows of a file, over days");
  addPlan(portfolio);
  addRun(portfolio);
  addControl(program, portfolio);
  addExport(portfolio);
  addCompletion(program);
  return program.addHelpText("after", help);
}

const help = `
Examples:
  qualifications demo
  qualifications customers --search contoso
  qualifications request 11111111-2222-3333-4444-555555555555 education --segment K12 --watch
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
