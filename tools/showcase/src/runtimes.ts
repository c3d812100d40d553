import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startPortableServer } from "../../../packages/client/test/portable/server.ts";

const exec = promisify(execFile);
const client = fileURLToPath(new URL("../../../packages/client/", import.meta.url));
// Of no use to anything else here, and 360 MB: installed for this alone.
const runtimes = ["bun@1.4.5", "deno@2.9.6", "miniflare@4.20260426.0", "esbuild@0.28.2"];

const worker = `
  import { writeFileSync } from "node:fs";
  import { build } from "esbuild";
  import { Miniflare } from "miniflare";
  const handler = 'import { runCases } from "./cases.js"; export default { fetch: async (_, { url }) => new Response((await runCases(url)).join("\\\\n")) };';
  const { outputFiles } = await build({
    stdin: { contents: handler, resolveDir: "." }, bundle: true, format: "esm", write: false,
  });
  const workers = new Miniflare({
    modules: true, script: outputFiles[0].text, compatibilityDate: "2026-04-01",
    bindings: { url: process.argv[2] },
  });
  console.log(await (await workers.dispatchFetch("http://localhost/")).text());
  await workers.dispose();
`;

/** The packed client on every runtime that it is made for. */
export async function onRuntimes(directory: URL): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runtimes-"));
  const run = async (command: string, ...args: string[]) =>
    (await exec(command, args, { cwd: folder, maxBuffer: 1e7 })).stdout.trim();
  try {
    await exec("pnpm", ["pack", "--pack-destination", folder], { cwd: client });
    const { version } = JSON.parse(await readFile(join(client, "package.json"), "utf8"));
    const tarball = `./partner-qualifications-client-${version}.tgz`;
    const allowed = runtimes.map((name) => name.replace(/@.*/, ""));
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ type: "module", allowScripts: [...allowed, "workerd"] }),
    );
    await run("npm", "install", "--no-audit", "--no-fund", tarball, ...runtimes);
    for (const file of ["cases.js", "run.js"]) {
      await copyFile(join(client, "test/portable", file), join(folder, file));
    }
    await writeFile(join(folder, "worker.js"), worker);

    await using server = await startPortableServer();
    const binaries = join(folder, "node_modules/.bin");
    const shown = [
      [`Node ${process.version.slice(1)}`, process.execPath, "run.js"],
      [`Bun ${await run(join(binaries, "bun"), "--version")}`, join(binaries, "bun"), "run.js"],
      [
        (await run(join(binaries, "deno"), "--version")).replace(/^deno (\S+)[^]*/, "Deno $1"),
        join(binaries, "deno"),
        "run",
        "--allow-net",
        "--allow-read",
        "run.js",
      ],
      ["Cloudflare Workers (workerd by miniflare)", process.execPath, "worker.js"],
    ];
    let transcript = "The packed client, installed from its tarball. The test command runs the same\ncases on the workspace's Node and on the machine's own.\n";
    for (const [name, command, ...args] of shown) {
      transcript += `\n${name}\n${await run(command!, ...args, server.url)}\n`;
    }
    await writeFile(new URL("runtimes.txt", directory), transcript);
  } finally {
    await rm(folder, { recursive: true });
  }
}
