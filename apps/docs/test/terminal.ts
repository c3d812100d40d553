import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { root } from "./shown-commands.ts";

const path = (file: string) => fileURLToPath(new URL(file, root));

/**
 * The reader's shell. `npx` and `pnpm` run the root commands of this workspace, which is built, and the commands of
 * its packages, as if they were installed.
 */
const prelude = `
pnpm() {
  case "$1" in
    exec) shift; if [[ "$1" == vitest ]]; then cd "${path(".")}"; fi; "$@" ;;
    -C) (cd "${path(".")}/$2" && node --run "$3") ;;
    *) node "${path("scripts/run.mjs")}" "$@" ;;
  esac
}
npx() {
  while [[ "$1" == -* ]]; do shift; done
  case "$1" in
    pnpm@12) shift; [[ "$1" == --offline ]] && shift; pnpm "$@" ;;
    *) "$@" ;;
  esac
}
qualifications-mock() { node "${path("packages/mock/dist/cli.js")}" "$@"; }
qualifications-consent() { node "${path("packages/credentials/dist/cli.js")}" "$@"; }
qualifications-contract() { node "${path("packages/contract-suite/dist/cli.js")}" "$@"; }
curl() { command curl -sS --fail-with-body "$@"; }
`;

/** Types a command into a shell. */
export function type(command: string, cwd: string, env: Record<string, string>) {
  const child = spawn("bash", ["-c", `${prelude}\n${command}`], {
    cwd,
    env: { ...process.env, BUILT: "1", ...env },
    // A separate process group, to be stopped as by Ctrl-C.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    ended,
    output: () => output,
    /** Waits until the output matches. */
    async printed(wanted: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const match = wanted.exec(output);
        if (match) return match;
        if (child.exitCode !== null)
          throw new Error(`"${command}" ended without ${wanted}: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) process.kill(-child.pid!, "SIGTERM");
      await ended;
    },
  };
}
