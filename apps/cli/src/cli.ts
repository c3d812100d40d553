#!/usr/bin/env node
import { readFileSync } from "node:fs";
import module from "node:module";
import { CommanderError } from "commander";
import { exitCodes, explain } from "./failure.ts";
import { createProgram } from "./program.ts";

module.enableCompileCache?.();

// A pipe that its reader has closed, as `head` does, ends the command.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");

try {
  await createProgram((JSON.parse(manifest) as { version: string }).version).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  } else {
    const { message, exitCode } = explain(error);
    console.error(`qualifications: ${message}`);
    process.exitCode = exitCode;
  }
}
