import { execFileSync } from "node:child_process";

/** Builds what is missing and restores what was edited by hand, before any test uses it. */
export default function restore(): void {
  execFileSync("turbo", ["run", "build", "--output-logs=errors-only"], {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
