import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bench/src/index.ts", import.meta.url));

/** The figures beside the peers', as `pnpm bench` prints them. */
export async function bench(directory: URL): Promise<void> {
  record("bench", [], new URL("bench.txt", directory));
}

/** Those of the docs, as `pnpm bench:docs` prints them. */
export async function benchDocs(directory: URL): Promise<void> {
  record("bench:docs", ["docs"], new URL("bench-docs.txt", directory));
}

function record(command: string, parts: string[], file: URL): void {
  const { stdout, status } = spawnSync(process.execPath, [program, ...parts], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`pnpm ${command} failed`);
  writeFileSync(file, `$ npx -y pnpm@12 ${command}\n${stdout}`);
}
