import type { Command } from "commander";
import type { Defaults } from "../rows/check-row.ts";

export interface RowOptions extends Defaults {
  map: string[];
}

/** Adds the options that say how a file's rows are read. */
export function addRowOptions(command: Command): Command {
  return command
    .option(
      "--map <column=field>",
      "which field is customerId, qualification, educationSegment, website or validationCode",
      (pair: string, before: string[]) => [...before, pair],
      [],
    )
    .option("--qualification <name>", "of rows that do not name one")
    .option("--education-segment <name>", "of rows that do not name one: K12 or HigherEducation");
}
