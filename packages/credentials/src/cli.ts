#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { help, readOptions } from "./consent/read-options.ts";
import { runConsent } from "./consent/run-consent.ts";
import { CredentialError } from "./errors/credential-error.ts";
import { useProxies } from "./settings/proxy.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") return console.log(help);
  if (options === "version") return console.log(packageVersion());
  useProxies();
  return runConsent(options);
}

function packageVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

main().catch((error: unknown) => {
  const isExpected = error instanceof CredentialError;
  console.error(`qualifications-consent: ${isExpected ? error.message : String(error)}`);
  if (isExpected && error.traceId) console.error(`Trace id: ${error.traceId}`);
  if (isExpected && error.docs) console.error(`Explained: ${error.docs}`);
  process.exitCode = isExpected && error.kind.endsWith("Setting") ? 2 : 1;
});
