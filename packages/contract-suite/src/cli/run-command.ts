import { type Contract, ContractError, readContract } from "@partner-qualifications/spec/model";
import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { gapsOf } from "../coverage/matrix.ts";
import { UsageError } from "../errors.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { findMock, type MockInfo } from "../exchange/mock-control.ts";
import { isLoopback, type Target } from "../exchange/target.ts";
import { packageVersion, readWaivers } from "../package-file.ts";
import type { Phase } from "../phases/names.ts";
import { defaultPhases, runSuite } from "../phases/run-suite.ts";
import { htmlOf } from "../report/html.ts";
import { junitOf } from "../report/junit.ts";
import { type LongRequests, textOf } from "../report/text.ts";
import { schemasOf } from "../schema-cases/schemas.ts";
import type { Options } from "./options.ts";
import { showProgress } from "./progress.ts";
import { writeHar } from "./write-har.ts";

/** More gaps are counted, not printed. */
const mostGaps = 20;

/**
 * Runs the suite as the options say, prints the result, writes the reports, and sets exit code 1 if a
 * check fails.
 *
 * @throws {SuiteError} When the suite cannot run. Its exit code says why.
 */
export async function runCommand(options: Options): Promise<void> {
  const { target } = options;
  const phases: readonly Phase[] = options.phases ?? defaultPhases;
  const contract = await loadContract(options.contract);
  const readOnly = target.readOnly ?? !isLoopback(target.baseUrl);
  const how = readOnly ? "reading only" : "reading and writing";
  console.log(`${contract.title}, against ${target.baseUrl}, ${how}`);
  const mock = target.control ? undefined : await findMock(target.baseUrl, target.timeoutMs);
  if (mock) console.log(useOf(mock, target, readOnly));
  if (mock && target.control === undefined && !readOnly) target.control = mock.base;

  const progress = showProgress(process.stderr);
  // The waivers concern this project's mock only.
  const waivers = target.control ? readWaivers() : [];
  const har =
    options.har === undefined
      ? undefined
      : writeHar(options.har, packageVersion(), target.tokenName);
  const onExchange = (exchange: Exchange): void => {
    progress.count(exchange);
    har?.add(exchange);
  };
  const result = await runSuite({ ...options, contract, waivers, onExchange }).finally(() => {
    progress.end();
    har?.close();
  });
  // The default phases can prove every statement, with the mock's help.
  const isWhole =
    target.control &&
    !readOnly &&
    options.only === undefined &&
    // Some statements need more than one customer.
    target.values === undefined &&
    defaultPhases.every((phase) => phases.includes(phase));
  const gaps = isWhole ? gapsOf(result.matrix) : [];
  const control = target.control ? ` --control ${target.control}` : "";
  const command = `qualifications-contract --base-url ${target.baseUrl}${control}`;
  console.log(textOf(result, command, keptRequests()));
  const { exchanges: _, ...report } = result;
  const title = `${contract.title}, ${target.baseUrl}`;
  await write("json", options.json, () => `${JSON.stringify(report, null, 2)}\n`);
  await write("junit", options.junit, () => junitOf(result, gaps, command));
  await write("html", options.html, () => htmlOf(result, gaps, { title, command }));
  for (const gap of gaps.slice(0, mostGaps)) console.log(gap);
  if (gaps.length > mostGaps) console.log(`and ${gaps.length - mostGaps} more of this kind`);
  process.exitCode = result.failures.length + gaps.length > 0 ? 1 : 0;
}

/** @throws {UsageError} When an option's file cannot be written. */
async function write(option: string, file: string | undefined, text: () => string): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, text()).catch((error: Error) => {
    throw new UsageError(`--${option} ${file} cannot be written: ${error.message}`);
  });
}

/** Describes how the run uses a mock that was found without `--control`. */
function useOf({ base }: MockInfo, { control }: Target, readOnly: boolean): string {
  if (control === false)
    return "Found the mock. --no-control is set, so the suite does not use its clock and faults";
  return readOnly
    ? `Found the mock. The suite does not use its clock and faults; add --control ${base} to use them`
    : `Found the mock. Using its clock and faults (${base}/_mock/)`;
}

/** Stores requests as shell scripts in a new folder, created for the first one. */
function keptRequests(): LongRequests {
  let folder: string | undefined;
  let count = 0;
  return {
    keep(curl) {
      folder ??= mkdtempSync(join(tmpdir(), "qualifications-contract-"));
      const file = join(folder, `${++count}.sh`);
      writeFileSync(file, `${curl}\n`);
      return file;
    },
  };
}

/**
 * Reads a contract from a file, or this project's own.
 *
 * @throws {ContractError} When the file does not exist, cannot be parsed, or is not a contract.
 */
async function loadContract(file: string | undefined): Promise<Contract> {
  const path =
    file ?? createRequire(import.meta.url).resolve("@partner-qualifications/spec/openapi.json");
  try {
    const text = await readFile(path, "utf8");
    const contract = readContract(/\.json$/i.test(path) ? JSON.parse(text) : parse(text));
    schemasOf(contract);
    return contract;
  } catch (error) {
    const [line] = (error as Error).message.split("\n");
    throw new ContractError(`the contract ${path} cannot be read: ${line}`);
  }
}
