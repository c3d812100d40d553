import { fileURLToPath } from "node:url";
import {
  globalsTouchedByImport,
  gzipSize,
  importTime,
  instantiations,
  tenCalls,
} from "@partner-qualifications/testing/measure";
import { importPeerClients } from "../peers.ts";
import { median } from "../table.ts";

const client = "@partner-qualifications/client";

/** The module of each contender, if it has one. */
const modules = { "openapi-fetch": "openapi-fetch", ky: "ky", openai: "openai", ours: client };

/**
 * Returns the size of a contender's client, minified and gzipped: its default export, or all exports of
 * ours.
 */
export async function sizes(): Promise<Record<string, number>> {
  const { resolve } = await importPeerClients();
  const all: Record<string, number> = {};
  for (const [name, module] of Object.entries(modules)) {
    const file = fileURLToPath(resolve(module));
    all[name] = await gzipSize({ [file]: name === "ours" ? "*" : "main" });
  }
  return all;
}

/** Returns the same for ours with its openapi-fetch client. */
export function sizeWithHttp(): Promise<number> {
  return gzipSize({
    [fileURLToPath(import.meta.resolve(client))]: "*",
    [fileURLToPath(import.meta.resolve(`${client}/http`))]: "{ createHttpClient }",
  });
}

/** Returns the milliseconds that importing a contender takes beyond importing an empty module. */
export async function importTimes(processes: number): Promise<Record<string, number>> {
  const empty = import.meta.resolve("./empty.js");
  const { resolve } = await importPeerClients();
  const over: Record<string, number[]> = {};
  for (let round = 0; round < processes; round += 1) {
    const base = await importTime(empty);
    for (const [name, module] of Object.entries(modules)) {
      (over[name] ??= []).push((await importTime(resolve(module))) - base);
    }
  }
  return Object.fromEntries(Object.entries(over).map(([name, times]) => [name, median(times)]));
}

export const touchedGlobals = () => globalsTouchedByImport(import.meta.resolve(client));

const declarations = (entry: string) =>
  fileURLToPath(import.meta.resolve(entry)).replace(/\.js$/, ".d.ts");

export async function typeCost(): Promise<{ domain: number; http: number }> {
  const packages = Object.fromEntries(
    [client, `${client}/http`].map((entry) => [entry, declarations(entry)]),
  );
  return {
    domain: await instantiations(tenCalls.domain, packages),
    http: await instantiations(tenCalls.http, packages),
  };
}
