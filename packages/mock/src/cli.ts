#!/usr/bin/env node
import { parseArgs } from "node:util";

const help = `qualifications-mock: a Partner Center to develop against

Usage: qualifications-mock [options]

  --port N            port to listen on (default 4010, or MOCK_PORT)
  --host ADDRESS      address to listen on (default 127.0.0.1)
  --review-time D     how long a vetting takes, ISO 8601 (default three business days)
  --static            Prism alone: answers from the contract's examples, remembers nothing
  --help              this text

Examples:
  qualifications-mock --review-time PT20S
  qualifications-mock --static --port 4011

Any bearer token is good, and any GUID is a customer. The validation code 12345 has uses left, 67890
has none. Ctrl-C stops it.`;

class UsageError extends Error {}

async function main(): Promise<void> {
  const { values } = parse();
  if (values.help) return console.log(help);
  // Prism needs it; without this line an older Node would print a stack trace of Prism's.
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 24 || (major === 24 && minor < 18)) {
    throw new UsageError(`needs Node 24.18 or newer, and this is ${process.versions.node}`);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new UsageError(`--port must be a whole number from 0 to 65535, not "${values.port}"`);
  }

  if (values.static) {
    const { runPrism } = await import("./run-prism.ts");
    return runPrism({ port, host: values.host });
  }
  const { startMock } = await import("./start-mock.ts");
  const reviewTime = values["review-time"];
  const mock = await startMock({ port, host: values.host, ...(reviewTime && { reviewTime }) });
  console.log(`Partner Center mock on ${mock.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => mock.close());
}

function parse() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: process.env.MOCK_PORT ?? "4010" },
        host: { type: "string", default: "127.0.0.1" },
        "review-time": { type: "string" },
        static: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function explain(error: NodeJS.ErrnoException): string | undefined {
  switch (error.code) {
    case "EADDRINUSE":
      return "the port is taken; choose another with --port or MOCK_PORT";
    case "EACCES":
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `cannot listen there (${error.code}); see --host and --port`;
    default:
      return isUsage(error) ? error.message : error.stack;
  }
}

function isUsage(error: Error): boolean {
  return error instanceof UsageError || error instanceof RangeError;
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(`qualifications-mock: ${explain(error)}`);
  process.exitCode = isUsage(error) ? 2 : 1;
});
