#!/usr/bin/env node
import module from "node:module";

module.enableCompileCache();
const { run } = await import("./index.ts");

// A pipe that its reader has closed, as `head` does, ends the command.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
