import { execFile, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { arch, platform } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

// The mock runs on the oldest Node of its manifest, and names it on an older one, as a library and as a
// command.

const require = createRequire(import.meta.url);
const mock = new URL("../../mock/dist/", import.meta.url);
const command = fileURLToPath(new URL("cli.js", mock));
const program = fileURLToPath(new URL("every-operation.mjs", import.meta.url));
const { engines } = require("../../mock/package.json") as { engines: { node: string } };

/** The packages exist per platform; the tests have the one for Linux on x64. */
const oldest =
  platform === "linux" && arch === "x64"
    ? require.resolve("oldest-node/bin/node")
    : process.execPath;

async function run(node: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(node, args, { maxBuffer: 2 ** 24 });
  return stdout;
}

test("is the Node in the mock's manifest", async () => {
  const version = (await run(oldest, "--version")).trim();
  const named = `v${engines.node.replace(">=", "")}.0`;
  expect(version).toBe(oldest === process.execPath ? process.version : named);
});

test("answers every operation on the oldest Node as on the newest", async () => {
  const [here, there] = await Promise.all([
    run(process.execPath, program, mock.href),
    run(oldest, program, mock.href),
  ]);
  expect(there).toBe(here);
  const statuses = JSON.parse(here) as Record<string, { status: number }>;
  expect(Object.keys(statuses).length).toBeGreaterThan(15);
  expect(Object.values(statuses).filter(({ status }) => status >= 300)).toEqual([
    expect.objectContaining({ status: 503 }),
  ]);
});

const starts: [string[], RegExp][] = [
  [["--port", "0"], /Partner Center mock on (http:\S+)/],
  [["--static", "--port", "0"], /Prism is listening on (http:\S+)/],
];

test.each(process.env.SWEEPS ? starts : starts.slice(0, 1))(
  "starts the command with %j on the oldest Node",
  async (args, ready) => {
    const child = spawn(oldest, [command, ...args]);
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (chunk: string) => {
          output += chunk;
          const [, address] = ready.exec(output) ?? [];
          if (address !== undefined) resolve(address);
        });
      }
      child.once("close", () => reject(new Error(`Ended:\n${output}`)));
    });
    const { status } = await fetch(`${url}/v1/customers`, {
      headers: { Authorization: "Bearer a" },
    });
    child.kill("SIGTERM");
    expect(status).toBe(200);
  },
);

/** Makes Node claim another version. */
const posing = (version: string) => [
  "--import",
  `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`,
];

const older = ["22.11.0", "20.19.5", "18.20.8"];

test.each(process.env.SWEEPS ? older : older.slice(0, 1))(
  "rejects Node %s as a library and as a command",
  async (version) => {
    const message = `@partner-qualifications/mock needs Node ${engines.node.slice(2)} or newer; this is ${version}`;
    const library = `import(${JSON.stringify(new URL("index.js", mock).href)}).catch((error) => console.log(error.message))`;
    expect(await run(process.execPath, ...posing(version), "-e", library)).toBe(`${message}\n`);
    const failure = await run(process.execPath, ...posing(version), command, "--port", "0").catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failure).toMatchObject({ code: 2, stderr: `qualifications-mock: ${message}\n` });
    expect(await run(process.execPath, ...posing(version), command, "--help")).toContain("Usage");
  },
);
