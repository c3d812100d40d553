// `pnpm bench [part …] [--rounds n]`: measures client and mock, or the parts that are named, and prints
// ratios. `pnpm bench:docs` measures the docs.
// Only the ratios mean anything: machines differ, and this one may be busy.

import { parseArgs } from "node:util";
import { installPeers } from "./peers.ts";

/** Each part is a module that exports `run()`, which prints its own table. */
const parts: Record<
  string,
  () => Promise<{ run: (options: { rounds?: number }) => Promise<void> }>
> = {
  client: () => import("./client/index.ts"),
  mock: () => import("./mock/run.ts"),
  docs: () => import("./docs/run.ts"),
  load: () => import("./load/run.ts"),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" } },
});
const options = values.rounds ? { rounds: Number(values.rounds) } : {};
if (options.rounds !== undefined && !(options.rounds >= 1))
  throw new Error("--rounds is a number.");
installPeers();
for (const name of positionals.length > 0 ? positionals : ["client", "mock"]) {
  const part = parts[name];
  if (!part) throw new Error(`Not a part: ${name}. There are: ${Object.keys(parts).join(", ")}`);
  console.log(`\n${name}\n`);
  await (await part()).run(options);
}
