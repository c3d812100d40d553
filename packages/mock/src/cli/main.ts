#!/usr/bin/env node
import module from "node:module";
import { help } from "./help.ts";
import { exitCodeOf, explain } from "./messages.ts";
import { readOptions } from "./options.ts";
import { packageVersion } from "../package-file.ts";

// Half of the start is reading Prism; from the second time on, Node keeps what came of that.
module.enableCompileCache?.();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  if (options.version) return console.log(packageVersion());
  await import("../require-node.ts");
  if (options.static) {
    const { runPrism } = await import("./run-prism.ts");
    return runPrism(options);
  }

  const { runMock } = await import("./run-mock.ts");
  return runMock(options);
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(`qualifications-mock: ${explain(error)}`);
  process.exitCode = exitCodeOf(error);
});
