// `dev`: the mock, the demo and the docs from their sources. A change of the contract or of the code reaches them
// without a restart by hand.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { help, probePorts, readOptions } from "./options.mjs";

const root = new URL("../../../", import.meta.url);
/** Ends a child when this process is gone, even by SIGKILL: its standard input is then closed. */
const leash =
  "--import=data:text/javascript,process.stdin.on('end',()=>process.exit()).resume().unref()";

interface Program {
  folder: string;
  args: string[];
  env?: Record<string, string>;
}

const children = new Set<ChildProcess>();

function start({ folder, args, env }: Program): ChildProcess {
  const child = spawn(process.execPath, [leash, ...args], {
    cwd: new URL(folder, root),
    // The programs of a package find its tools, as in its scripts.
    env: { ...process.env, PATH: `${bin(folder)}${delimiter}${process.env.PATH}`, ...env },
    stdio: ["pipe", "ignore", "inherit"],
  });
  children.add(child.once("exit", () => children.delete(child)));
  return child;
}

function bin(folder: string): string {
  return fileURLToPath(new URL(`${folder}node_modules/.bin`, root));
}

/** The given port, or for 0 a free one, which the parts must know of each other beforehand. */
async function portOf(port: number): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return found;
}

/** Runs a program to its end, and returns whether it succeeded. */
async function run(folder: string, ...args: string[]): Promise<boolean> {
  const [code] = await once(start({ folder, args }), "exit");
  return code === 0;
}

/** A server that is replaced when its sources change. */
class Server {
  #child: ChildProcess | undefined;
  readonly #program: Program;
  readonly #health: string;

  constructor(program: Program, health: string) {
    this.#program = program;
    this.#health = health;
  }

  /** Resolves when the new process answers, or with false when it ended instead. */
  async restart(): Promise<boolean> {
    if (this.#child && children.has(this.#child)) {
      this.#child.kill();
      await once(this.#child, "exit");
    }
    const child = start(this.#program);
    this.#child = child;
    while (children.has(child)) {
      if (await fetch(this.#health).catch(() => undefined)) return true;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return false;
  }
}

/** Calls `react` once for each burst of changes below some folders, one after the other. */
function onChange(folders: string[], react: (since: number) => Promise<void>): void {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(fileURLToPath(new URL(folder, root)), { recursive: true }, (_, file) => {
      if (/(^|\/)(dist|generated|node_modules|\.turbo)(\/|$)/.test(file ?? "")) return;
      clearTimeout(timer);
      const since = performance.now();
      timer = setTimeout(() => (running = running.then(() => react(since))), 50);
    });
  }
}

function report(what: string, since: number): void {
  console.log(`${what} after ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(help);
  await probePorts(options.ports);
  const {
    mock: mockPort,
    demo: demoPort,
    docs: docsPort,
  } = {
    mock: await portOf(options.ports.mock),
    demo: await portOf(options.ports.demo),
    docs: await portOf(options.ports.docs),
  };
  const mockUrl = `http://127.0.0.1:${mockPort}`;
  const demoUrl = `http://127.0.0.1:${demoPort}`;

  const mockArgs = ["--port", `${mockPort}`, "--review-time", options.reviewTime, "--cors"];
  const mock = new Server(
    { folder: "packages/mock/", args: ["src/cli.ts", ...mockArgs, "--log", "none"] },
    `${mockUrl}/_mock/clock`,
  );
  const demo = new Server(
    {
      folder: "apps/demo/",
      args: ["src/server/main.ts"],
      env: { PORT: `${demoPort}`, MOCK_URL: mockUrl },
    },
    `${demoUrl}/health`,
  );
  await mock.restart();
  await demo.restart();
  start({ folder: "apps/demo/", args: ["node_modules/vite/bin/vite.js", "build", "--watch"] });
  await run("apps/docs/", "src/generate/index.ts");
  const docsArgs = ["dev", "--port", `${docsPort}`, "--host", "127.0.0.1", "--strictPort"];
  start({ folder: "apps/docs/", args: ["node_modules/vitepress/bin/vitepress.js", ...docsArgs] });

  /** What is made from the contract beside the mock. */
  const regenerate = async () => {
    const built = await run("packages/client/", "generate.ts");
    if (built && (await run("packages/client/", "node_modules/tsdown/dist/run.mjs"))) {
      await demo.restart();
    }
    await run("apps/docs/", "src/generate/index.ts");
  };
  onChange(["spec/"], async (since) => {
    if (!(await run("spec/", "scripts/build.ts"))) return;
    if (await mock.restart()) report("The contract changed: the mock has it", since);
    await regenerate();
    report("The contract changed: client, demo and docs have it", since);
  });
  onChange(["packages/mock/src/"], async (since) => {
    if (await mock.restart()) report("The mock restarted", since);
  });
  onChange(["packages/client/src/"], async (since) => {
    if (!(await run("packages/client/", "node_modules/tsdown/dist/run.mjs"))) return;
    if (await demo.restart()) report("The client was built, and the demo restarted", since);
  });
  onChange(["apps/demo/src/server/", "apps/demo/src/shared/"], async (since) => {
    if (await demo.restart()) report("The demo restarted", since);
  });

  console.log(`
  Mock  ${mockUrl}
  Demo  ${demoUrl}  reload the page to see a change of its code
  Docs  http://127.0.0.1:${docsPort}  reloads by itself; Redoc and the downloads are in \`start\` only

Edit spec/, packages/ or apps/. Press Ctrl-C to stop.`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
  for (const child of children) child.kill();
}

main().then(
  () => process.exit(),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
