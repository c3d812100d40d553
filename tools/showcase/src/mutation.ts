import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The defects that were planted, and which of them the contract suite has found. */
export function mutation(directory: URL): Promise<void> {
  const command = new URL("../../../packages/contract-tests/src/mutation/cli.ts", import.meta.url);
  const file = fileURLToPath(new URL("mutation.md", directory));
  const { status } = spawnSync(
    process.execPath,
    [fileURLToPath(command), "--markdown", file],
    // It takes minutes, and tells how far it is.
    { stdio: "inherit" },
  );
  if (status !== 0) throw new Error("The suite misses too much, or does not say why");
  return Promise.resolve();
}
