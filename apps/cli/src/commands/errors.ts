import catalog from "@partner-qualifications/spec/errors.json" with { type: "json" };
import type { Command } from "commander";
import { CommandError } from "../failure.ts";
import { printJson, printTable } from "../print.ts";

interface Known {
  code: string;
  status?: number;
  meaning: string;
  fixedBy: string;
  retry: string;
  whatToDo?: string;
}

/** Adds the command that explains an error code of Partner Center. */
export function addErrors(program: Command): void {
  program
    .command("errors <code>")
    .description("explain an error code of Partner Center: what it means, and who can fix it")
    .option("--json", "print JSON for programs")
    .action((code: string, { json }: { json?: boolean }) => {
      const found = (catalog as Known[]).filter((one) => one.code === code);
      if (found.length === 0) {
        throw new CommandError(
          `The error catalog has no code ${code}. It has: ${(catalog as Known[]).map((one) => one.code).join(", ")}`,
        );
      }
      if (json) return printJson(found);
      for (const { status, meaning, fixedBy, retry, whatToDo } of found) {
        printTable(
          ["Code", code],
          [
            ["Status", status],
            ["Meaning", meaning],
            ["Fixed by", fixedBy],
            ["Retry", retry],
            ...(whatToDo ? [["What to do", whatToDo]] : []),
          ],
        );
      }
    });
}
