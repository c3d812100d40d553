// `dev`: the mock, the demo and the docs from their sources. Changes of the contract or the code apply
// without a manual restart.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { probePorts, readOptions } from "./options.mjs";

const root = new URL("../../../", import.meta.url);
/** Stops a child when this process ends, even by SIGKILL: its standard input is then closed. */
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
    // A package's programs need its tools, as in its scripts.
    env: { ...process.env, PATH: `${bin(folder)}${delimiter}${process.env.PATH}`, ...env },
    stdio: ["pipe", "ignore", "inherit"],
  });
  children.add(child.once("exit", () => children.delete(child)));
  return child;
}

function bin(folder: string): string {
  return fileURLToPath(new URL(`${folder}node_modules/.bin`, root));
}

/** Returns the given port, or for 0 a free one. The parts need each other's ports in advance. */
async function portOf(port: number): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return found;
}

/** Runs a program to its end and returns whether it succeeded. */
async function run(folder: string, ...args: string[]): Promise<boolean> {
  const [code] = await once(start({ folder, args }), "exit");
  return code === 0;
}

/** A server that restarts when its sources change. */
class Server {
  #child: ChildProcess | undefined;
  readonly #program: Program;
  readonly #health: string;

  constructor(program: Program, health: string) {
    this.#program = program;
    this.#health = health;
  }

  /** Resolves to true when the new process answers, or to false when it exits. */
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

type Reaction = (since: number) => Promise<void>;

/** Serializes reactions: a build empties a folder that others read. */
function queue() {
  let running = Promise.resolve();
  return (react: Reaction, since: number) => {
    running = running.then(() => react(since));
  };
}

/** Contract and mock have a separate queue, since the rest takes seconds. */
const quick = queue();
const slow = queue();

/** Calls `react` once for each burst of changes in some folders. */
function onChange(folders: string[], enqueue: typeof quick, react: Reaction): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(fileURLToPath(new URL(folder, root)), { recursive: true }, (_, file) => {
      if (/(^|\/)(dist|generated|node_modules|\.turbo)(\/|$)/.test(file ?? "")) return;
      clearTimeout(timer);
      const since = performance.now();
      timer = setTimeout(() => enqueue(react, since), 50);
    });
  }
}

function report(what: string, since: number): void {
  console.log(`${what} after ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

const inDemo = (folder: string) => `apps/demo/${folder}/`;
const buildPages = () => run("apps/demo/", "node_modules/vite/bin/vite.js", "build");

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.prints !== undefined) return console.log(options.prints);
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
    { folder: "packages/mock/", args: ["src/cli/main.ts", ...mockArgs, "--log", "none"] },
    `${mockUrl}/_mock/clock`,
  );
  const demo = new Server(
    {
      folder: "apps/demo/",
      args: ["host/server/main.ts"],
      // The demo's followed vettings belong to one mock.
      env: {
        PORT: `${demoPort}`,
        MOCK_URL: mockUrl,
        DOCS_URL: `http://127.0.0.1:${docsPort}`,
        STATE_FILE: fileURLToPath(new URL(`apps/demo/.state/dev-${mockPort}.json`, root)),
      },
    },
    `${demoUrl}/health`,
  );
  const docsArgs = ["dev", "--port", `${docsPort}`, "--host", "127.0.0.1", "--strictPort"];
  const docs = new Server(
    {
      folder: "apps/docs/",
      args: ["node_modules/vitepress/bin/vitepress.js", ...docsArgs],
      env: { DOCS_MOCK: mockUrl },
    },
    `http://127.0.0.1:${docsPort}/`,
  );
  await mock.restart();
  await demo.restart();
  // The preceding build generates its pages.
  await docs.restart();

  const buildClient = async () =>
    (await run("packages/client/", "node_modules/tsdown/dist/run.mjs")) &&
    (await buildPages()) &&
    (await demo.restart());
  const regenerate: Reaction = async (since) => {
    const isBuilt = (await run("packages/client/", "generate.ts")) && (await buildClient());
    if (isBuilt && (await run("apps/docs/", "src/generate/write-pages.ts"))) {
      report("The contract changed: client, demo and docs have it", since);
    }
  };
  onChange(["spec/"], quick, async (since) => {
    if (!(await run("spec/", "scripts/build.ts"))) return;
    if (await mock.restart()) report("The contract changed: the mock has it", since);
    slow(regenerate, since);
  });
  onChange(["packages/mock/src/"], quick, async (since) => {
    if (await mock.restart()) report("The mock restarted", since);
  });
  onChange(["packages/client/src/"], slow, async (since) => {
    if (await buildClient()) report("The client was built, and the demo restarted", since);
  });
  const pages = ["src/browser", "host/browser", "showroom/browser", "theme"].map(inDemo);
  onChange(pages, slow, async (since) => {
    if (await buildPages()) report("The pages of the demo were built", since);
  });
  onChange(
    ["src/server", "src/shared", "host/server", "showroom/server"].map(inDemo),
    slow,
    async (since) => {
      if (await demo.restart()) report("The demo restarted", since);
    },
  );

  console.log(`
  Mock  ${mockUrl}
  Demo  ${demoUrl}  reload the page to see a change of its code
  Docs  http://127.0.0.1:${docsPort}  reloads by itself; Redoc, search and the downloads are in \`start\` only

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
