#!/usr/bin/env node
import { help } from "./consent/help.ts";
import { readOptions } from "./consent/read-options.ts";
import { runConsent } from "./consent/run-consent.ts";
import { CredentialError } from "./errors/credential-error.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") return console.log(help);
  return runConsent(options);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof CredentialError;
  console.error(`qualifications-consent: ${isExpected ? error.message : String(error)}`);
  if (isExpected && error.traceId) console.error(`Trace id: ${error.traceId}`);
  if (isExpected && error.docs) console.error(`Explained: ${error.docs}`);
  process.exitCode = isExpected && error.reason.endsWith("_setting") ? 2 : 1;
});
