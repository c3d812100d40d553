import { execFileSync } from "node:child_process";
import { useOwnTemporaryFolder } from "./temporary-folder.ts";

let isPrepared = false;

/**
 * Builds what is missing, and restores generated files that were edited, before any test uses them. Runs
 * once, because the projects share this file and the root commands have already built.
 */
export default function build(): void {
  if (!isPrepared) useOwnTemporaryFolder();
  isPrepared = true;
  if (process.env.BUILT) return;
  execFileSync("turbo", ["run", "build", "--output-logs=errors-only"], {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.env.BUILT = "1";
}
