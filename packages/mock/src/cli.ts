#!/usr/bin/env node
import module from "node:module";
import { help } from "./cli/help.ts";
import { exitCodeOf, explain, UsageError } from "./cli/usage-error.ts";
import { readOptions } from "./cli/read-options.ts";

// Half of the start is reading Prism; from the second time on, Node keeps what came of that.
module.enableCompileCache?.();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  // Prism needs it; without this line an older Node would print a stack trace of Prism's.
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 24 || (major === 24 && minor < 18)) {
    throw new UsageError(`needs Node 24.18 or newer, and this is ${process.versions.node}`);
  }
  const { port, host } = options;
  if (!["127.0.0.1", "localhost", "::1"].includes(host)) {
    console.error(
      `Warning: ${host} can be reached from elsewhere; whoever reaches it can read and move all.`,
    );
  }
  if (options.static) {
    const { runPrism } = await import("./run-prism.ts");
    return runPrism({ port, host });
  }

  const { runMock } = await import("./cli/run-mock.ts");
  return runMock(options);
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(`qualifications-mock: ${explain(error)}`);
  process.exitCode = exitCodeOf(error);
});
