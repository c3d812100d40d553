#!/usr/bin/env node
import module from "node:module";
import manifest from "../../package.json" with { type: "json" };
import { exitCodeOf, explain } from "./messages.ts";
import { help, readOptions } from "./options.ts";

// Compiling Prism is half of the startup time. Node caches the result for the next start.
module.enableCompileCache?.();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  if (options.version) return console.log(manifest.version);
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
