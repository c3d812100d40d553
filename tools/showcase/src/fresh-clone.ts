import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const mock = "http://127.0.0.1:4010/v1/customers/all/validations";
const pages = ["http://127.0.0.1:4000/", "http://127.0.0.1:4020/"];

/** Both README commands in a fresh clone of HEAD, with an empty home, temporary folder and caches. */
export async function freshClone(directory: URL): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "fresh-"));
  const clone = join(home, "partner-qualifications");
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  // Nothing of this machine's user: no caches, no settings, and not the Node of the workspace.
  const env = {
    PATH: (process.env.PATH ?? "")
      .split(":")
      .filter((part) => !part.includes("node_modules"))
      .join(":"),
    HOME: home,
    // Nothing that an earlier run left in the temporary folder may help.
    TMPDIR: await mkdtemp(join(home, "tmp-")),
    npm_config_registry: registry,
    NO_COLOR: "1",
  };
  const tidy = (text: string) =>
    text.replaceAll(home, "~").replaceAll(registry, "https://registry.npmjs.org/");
  const run = (command: string) =>
    new Recording(
      spawn("bash", ["-c", command], {
        cwd: clone,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );

  execFileSync("git", ["clone", "-q", fileURLToPath(new URL("../../..", import.meta.url)), clone]);
  let transcript = "";
  for (const title of ["A fresh clone, empty caches", "The same again"]) {
    const start = run("npx -y pnpm@12 start");
    const seconds = await start.untilAnswered();
    process.kill(-(start.child.pid as number), "SIGINT");
    const code = await start.ended;
    transcript += `# ${title}: first answers after ${seconds.toFixed(1)} s\n$ npx -y pnpm@12 start\n${tidy(start.output)}^C (exit code ${code})\n\n`;
  }
  const testing = run("npx -y pnpm@12 test");
  const code = await testing.ended;
  await writeFile(new URL("start.txt", directory), transcript);
  await writeFile(
    new URL("test.txt", directory),
    `# After that: ${testing.seconds().toFixed(1)} s\n$ npx -y pnpm@12 test\n${tidy(testing.output)}(exit code ${code})\n`,
  );
  await rm(home, { recursive: true, force: true });
}

/** A running command, with what it prints. */
class Recording {
  output = "";
  readonly ended: Promise<number | string>;
  readonly child: ChildProcess;
  readonly #started = performance.now();

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
    this.ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  }

  seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Waits until mock, demo and docs have each answered a request. */
  async untilAnswered(): Promise<number> {
    for (;;) {
      const answers = await Promise.allSettled([
        fetch(mock, { headers: { Authorization: "Bearer any" } }),
        ...pages.map((page) => fetch(page)),
      ]);
      if (answers.every((answer) => answer.status === "fulfilled" && answer.value.ok)) {
        return this.seconds();
      }
      if (this.child.exitCode !== null) throw new Error(`It ended:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
