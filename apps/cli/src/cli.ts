#!/usr/bin/env node
import module from "node:module";
import manifest from "../package.json" with { type: "json" };

// An older Node fails with a stack trace.
const least = manifest.engines.node.replace(">=", "");
const [major = 0, minor = 0] = least.split(".").map(Number);
const [thisMajor = 0, thisMinor = 0] = process.versions.node.split(".").map(Number);
if (thisMajor < major || (thisMajor === major && thisMinor < minor)) {
  console.error(`qualifications needs Node ${least} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

module.enableCompileCache();
const { run } = await import("./index.ts");

// A pipe that its reader has closed, as `head` does, ends the command.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
