import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The demo in a separate process, as its command runs it. */
export async function startProcess(env: Record<string, string>) {
  const program = fileURLToPath(new URL("../../host/server/main.ts", import.meta.url));
  const child = fork(program, { env: { ...process.env, ...env }, silent: true });
  const [text] = (await once(child.stdout!, "data")) as [Buffer];
  const url = /http:\S+(?=\.)/.exec(text.toString())?.[0] ?? "";
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (child.signalCode !== null || child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
