#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { help } from "./cli/help.ts";
import { loadContract } from "./cli/load-contract.ts";
import { showProgress } from "./cli/progress.ts";
import { readOptions } from "./cli/read-options.ts";
import { keptRequests } from "./cli/kept-requests.ts";
import { writeHar } from "./cli/write-har.ts";
import { gapsOf } from "./coverage/matrix.ts";
import { readWaivers } from "./coverage/waivers.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { SuiteError, UsageError } from "./errors.ts";
import { findMock, type MockInfo } from "./exchange/mock-control.ts";
import { isLoopback, type Target } from "./exchange/target.ts";
import { htmlOf } from "./report/html.ts";
import { junitOf } from "./report/junit.ts";
import { textOf } from "./report/text.ts";
import { defaultPhases, type Phase, runSuite } from "./suite.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

/** More are counted, not shown. */
const mostGaps = 20;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  if (options.version) return console.log(version);
  const { target } = options;
  const phases: readonly Phase[] = options.phases ?? defaultPhases;
  const contract = await loadContract(options.contract);
  const readOnly = target.readOnly ?? !isLoopback(target.baseUrl);
  const how = readOnly ? "reading only" : "reading and writing";
  console.log(`${contract.title}, against ${target.baseUrl}, ${how}`);
  const mock = target.control ? undefined : await findMock(target.baseUrl, target.timeout);
  if (mock) console.log(useOf(mock, target, readOnly));
  if (mock && target.control === undefined && !readOnly) target.control = mock.base;

  const progress = showProgress(process.stderr);
  // The waivers are about what this project's mock does not do.
  const waivers = target.control ? readWaivers() : [];
  const har =
    options.har === undefined ? undefined : writeHar(options.har, version, target.tokenName);
  const onExchange = (exchange: Exchange): void => {
    progress.count(exchange);
    har?.add(exchange);
  };
  const result = await runSuite({ ...options, contract, waivers, onExchange }).finally(() => {
    progress.end();
    har?.close();
  });
  // All that can be proved is proved by these two phases, with the mock's help.
  const isWhole =
    target.control &&
    !readOnly &&
    options.only === undefined &&
    // About one customer, not everything can be brought about.
    target.values === undefined &&
    phases.includes("examples") &&
    phases.includes("coverage");
  const gaps = isWhole ? gapsOf(result.matrix) : [];
  const control = target.control ? ` --control ${target.control}` : "";
  const command = `qualifications-contract --base-url ${target.baseUrl}${control}`;
  console.log(textOf(result, command, keptRequests()));
  const { exchanges: _, ...told } = result;
  const title = `${contract.title}, ${target.baseUrl}`;
  await write("json", options.json, () => `${JSON.stringify(told, null, 2)}\n`);
  await write("junit", options.junit, () => junitOf(result, gaps, command));
  await write("html", options.html, () => htmlOf(result, gaps, { title, command }));
  for (const gap of gaps.slice(0, mostGaps)) console.log(gap);
  if (gaps.length > mostGaps) console.log(`and ${gaps.length - mostGaps} more of this kind`);
  process.exitCode = result.failures.length + gaps.length > 0 ? 1 : 0;
}

/** @throws {UsageError} When the file of an option cannot be written. */
async function write(option: string, file: string | undefined, text: () => string): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, text()).catch((error: Error) => {
    throw new UsageError(`--${option} ${file} cannot be written: ${error.message}`);
  });
}

/** What is made of a mock that was found without `--control`. */
function useOf({ base }: MockInfo, { control }: Target, readOnly: boolean): string {
  if (control === false) return "This is the mock; --no-control leaves its clock and faults alone";
  return readOnly
    ? `This is the mock; its clock and faults are left alone: add --control ${base} to use them`
    : `This is the mock: its clock and faults are used (${base}/_mock/)`;
}

main().catch((error: Error) => {
  const isKnown = error instanceof SuiteError;
  console.error(`qualifications-contract: ${isKnown ? error.message : error.stack}`);
  process.exitCode = isKnown ? error.exitCode : 1;
});
