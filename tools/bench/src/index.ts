// `pnpm bench [part …] [--rounds n]`: measures client and mock, or the named parts, and prints ratios.
// `--rows n` tries the portfolio's part with fewer rows than its 20,000. `pnpm bench:docs` measures the docs.
// Only the ratios are meaningful: machines differ, and this one may be busy.

import { readParts } from "@partner-qualifications/command-options";
import { installPeers } from "./peers.ts";

/** Each part is a module with a `run()` that prints its own table. */
const parts: Record<
  string,
  () => Promise<{ run: (options: { rounds?: number; rows?: number }) => Promise<void> }>
> = {
  client: () => import("./client/index.ts"),
  mock: () => import("./mock/run.ts"),
  docs: () => import("./docs/run.ts"),
  load: () => import("./load/run.ts"),
  portfolio: () => import("./portfolio/run.ts"),
};

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const read = readParts(
    process.argv.slice(2),
    { rounds: { type: "string" }, rows: { type: "string" } },
    Object.keys(parts),
  );
  const rounds = Number(read.values.rounds ?? 1);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${read.values.rounds} is not a whole number above 0.`);
  }
  const options = {
    ...(read.values.rounds !== undefined && { rounds }),
    ...(read.values.rows !== undefined && { rows: Number(read.values.rows) }),
  };
  const names = read.parts.length > 0 ? read.parts : ["client", "mock"];
  // The portfolio is compared with nothing but our own client.
  if (names.some((name) => name !== "portfolio")) installPeers();
  for (const name of names) {
    console.log(`\n${name}\n`);
    await (await parts[name]!()).run(options);
  }
}
