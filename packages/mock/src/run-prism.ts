import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bundledContractFile } from "./contract.ts";

/**
 * Runs the `prism mock` command itself on the contract, for who wants Prism's own behaviour. Ends
 * when Prism ends.
 */
export function runPrism({ port, host }: { port: number; host: string }): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const command = join(dirname(manifest), "dist", "index.js");
  const prism = spawn(
    process.execPath,
    [command, "mock", "--port", String(port), "--host", host, bundledContractFile()],
    { stdio: "inherit" },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => prism.kill(signal));
  return new Promise((resolve, reject) => {
    prism.once("error", reject);
    prism.once("exit", (code) => {
      process.exitCode = code ?? 0;
      resolve();
    });
  });
}
