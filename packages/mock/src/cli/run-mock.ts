import { readFile } from "node:fs/promises";
import { parseScenario } from "../control/parse-scenario.ts";
import type { Scenario } from "../world/scenario.ts";
import { startMock } from "../start-mock.ts";
import { logLine } from "./log-line.ts";
import type { Options } from "./options.ts";
import { UsageError } from "./messages.ts";
import { warnIfReachable } from "./warn-if-reachable.ts";

/** Runs the mock until it is told to stop. */
export async function runMock({
  port,
  host,
  controlHosts,
  cors,
  journalSize,
  log,
  file,
  scenario,
}: Options): Promise<void> {
  const mock = await startMock({
    ...(file !== undefined && (await readScenario(file))),
    ...scenario,
    port,
    host,
    controlHosts,
    cors,
    ...(journalSize !== undefined && { journalSize }),
    ...(log !== "none" && { log: (exchange) => console.log(logLine(log, exchange)) }),
  });
  warnIfReachable(new URL(mock.url).hostname);
  console.log(`Partner Center mock on ${mock.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => mock.close());
}

async function readScenario(file: string): Promise<Scenario> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read the scenario ${file} (${error.code})`);
  });
  return parseScenario(text).catch((error: Error) => {
    throw new UsageError(`${file}: ${error.message}`);
  });
}
