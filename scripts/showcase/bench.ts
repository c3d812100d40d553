import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The figures beside the peers', as `pnpm bench` prints them. */
export async function bench(directory: URL): Promise<void> {
  const program = fileURLToPath(new URL("../../packages/benchmarks/src/index.ts", import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(new URL("bench.txt", directory), `$ npx -y pnpm@12 bench\n${stdout}`);
}
