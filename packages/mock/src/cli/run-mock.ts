import { readFile } from "node:fs/promises";
import type { Exchange } from "../world/journal.ts";
import type { Scenario } from "../world/scenario.ts";
import { createWorld } from "../world/world.ts";
import { UsageError, warnIfReachable } from "./messages.ts";
import type { Options } from "./options.ts";

/** Runs the mock until a signal stops it. */
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
  // Reports an invalid value before loading Prism, which takes most of a second.
  if (file === undefined) createWorld(scenario, journalSize);
  const initial = file === undefined ? scenario : { ...(await readScenario(file)), ...scenario };
  const { startMock } = await import("../start-mock.ts");
  const mock = await startMock({
    ...initial,
    port,
    host,
    controlHosts,
    cors,
    ...(journalSize !== undefined && { journalSize }),
    onClockMode: ({ mode, now }) =>
      // Not on the standard output, which programs read.
      console.error(
        mode === "manual"
          ? `The clock is frozen at ${now}: no vetting ends until you move or resume it`
          : `The clock resumed (${mode}) from ${now}`,
      ),
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
  const { parseScenario } = await import("../control/parse-scenario.ts");
  return parseScenario(text).catch((error: Error) => {
    throw new UsageError(`${file}: ${error.message}`);
  });
}

/**
 * Formats an exchange as one line, for people or programs. Of the headers, it includes the request id
 * only.
 */
function logLine(form: "pretty" | "json", exchange: Exchange): string {
  const { at, took, message, reply } = exchange;
  const { method, url } = message;
  const { status, headers, cut } = reply;
  const path = url.pathname + url.search;
  const time = at.toISOString();
  const milliseconds = Math.round(took);
  const requestId = headers["ms-requestid"];
  if (form === "json") {
    return JSON.stringify({ time, method, path, status, milliseconds, requestId, cut });
  }
  const what = cut ? `${status} (${cut})` : status;
  return `${time}  ${method.padEnd(4)} ${path}  ${what}  ${milliseconds} ms`;
}
