#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { help } from "./cli/help.ts";
import { loadContract } from "./cli/load-contract.ts";
import { showProgress } from "./cli/progress.ts";
import { readOptions } from "./cli/read-options.ts";
import { report } from "./cli/report.ts";
import { gapsOf } from "./coverage/matrix.ts";
import { readWaivers } from "./coverage/waivers.ts";
import { SuiteError } from "./errors.ts";
import { isLoopback } from "./exchange/target.ts";
import { runSuite } from "./suite.ts";

/** More are counted, not shown. */
const mostGaps = 20;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  const { target, json } = options;
  const contract = await loadContract(options.contract);
  const readOnly = target.readOnly ?? !isLoopback(target.baseUrl);
  const how = readOnly ? "reading only" : "reading and writing";
  console.log(`${contract.title}, against ${target.baseUrl}, ${how}`);

  const progress = showProgress(process.stderr);
  // The waivers are about what this project's mock does not do.
  const waivers = target.control === undefined ? [] : readWaivers();
  const given = { ...options, contract, waivers, onExchange: progress.count };
  const result = await runSuite(given).finally(progress.end);
  // All that can be proved is proved by these two phases, with the mock's help.
  const isWhole =
    target.control !== undefined &&
    !readOnly &&
    options.only === undefined &&
    options.phases.includes("examples") &&
    options.phases.includes("coverage");
  const gaps = isWhole ? gapsOf(result.matrix) : [];
  const control = target.control === undefined ? "" : ` --control ${target.control}`;
  console.log(report(result, `qualifications-contract --base-url ${target.baseUrl}${control}`));
  if (json !== undefined) {
    const { exchanges: _, ...told } = result;
    await writeFile(json, `${JSON.stringify(told, null, 2)}\n`);
  }
  for (const gap of gaps.slice(0, mostGaps)) console.log(gap);
  if (gaps.length > mostGaps) console.log(`and ${gaps.length - mostGaps} more of this kind`);
  process.exitCode = result.failures.length + gaps.length > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  const isKnown = error instanceof SuiteError;
  console.error(`qualifications-contract: ${isKnown ? error.message : error.stack}`);
  process.exitCode = isKnown ? error.exitCode : 1;
});
