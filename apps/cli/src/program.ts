import { Command } from "commander";
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
  const portfolio = program
    .command("portfolio")
    .description("qualify all rows of a file, over days");
  addPlan(portfolio);
  addRun(portfolio);
  addControl(program, portfolio);
  addExport(portfolio);
  return program;
}
