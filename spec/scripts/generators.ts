// Shows that the bundled contract is usable beyond this project: the TypeScript generators of other
// makers accept it, write every operation, and what they write passes the compiler. They live in a
// temporary project, because nothing here depends on them.

import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtempDisposable, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

interface Generator {
  readonly name: string;
  readonly version: string;
  /** The command, and the folder that it writes to. */
  readonly command: string;
  readonly args: readonly string[];
}

const generators: readonly Generator[] = [
  {
    name: "@hey-api/openapi-ts",
    version: "0.99.0",
    command: "openapi-ts",
    args: ["-i", "openapi.json", "-o", "openapi-ts"],
  },
  {
    name: "orval",
    version: "8.38.0",
    command: "orval",
    args: ["--input", "openapi.json", "--output", "orval/index.ts", "--client", "fetch"],
  },
  {
    name: "swagger-typescript-api",
    version: "13.13.0",
    command: "swagger-typescript-api",
    args: ["generate", "-p", "openapi.json", "-o", "swagger-typescript-api", "-n", "index.ts"],
  },
  {
    name: "oazapfts",
    version: "7.5.0",
    command: "oazapfts",
    args: ["openapi.json", "oazapfts/index.ts"],
  },
];

interface Row {
  readonly generator: string;
  readonly version: string;
  files: number;
  lines: number;
  seconds: string;
  /** `ok`, or the first error. */
  result: string;
}

const others = {
  // What oazapfts generates imports it.
  "@oazapfts/runtime": "1.2.0",
  // @hey-api/openapi-ts is written against the compiler API of TypeScript 5; 7 does the checking.
  typescript: "5.9.3",
  typescript7: "npm:typescript@7.0.2",
};

const compiler = "node_modules/typescript7/bin/tsc";
const strict =
  "--noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler";

const document = join(import.meta.dirname, "../dist/openapi.json");
// A signal lets the running command end, so that nothing writes while the project is removed.
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (stopped = true));

/** Runs a command in the project, with the Node of this script; its output is the error's message. */
async function run(project: string, command: string, args: readonly string[]): Promise<void> {
  if (stopped) throw new Error("stopped");
  const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const env = { ...process.env, PATH, NO_COLOR: "1" };
  await promisify(execFile)(command, args, { cwd: project, env }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stderr ?? ""}\n${error.stdout ?? ""}`.trim() || error.message);
    },
  );
}

async function install(project: string): Promise<void> {
  const dependencies = Object.fromEntries(generators.map(({ name, version }) => [name, version]));
  const manifest = { private: true, type: "module", dependencies: { ...dependencies, ...others } };
  // A workspace of its own, in which no build script runs.
  const settings = "packages: []\nstrictDepBuilds: false\n";
  await writeFile(join(project, "package.json"), JSON.stringify(manifest));
  await writeFile(join(project, "pnpm-workspace.yaml"), settings);
  await copyFile(document, join(project, "openapi.json"));
  await run(project, "npx", ["-y", "pnpm@12", "install"]);
}

async function operationIds(): Promise<string[]> {
  const { paths } = JSON.parse(await readFile(document, "utf8"));
  return Object.values<Record<string, { operationId?: string }>>(paths)
    .flatMap((item) => Object.values(item).map(({ operationId }) => operationId))
    .filter((id) => id !== undefined);
}

/** Generates, counts and checks; throws with what the generator or the compiler says. */
async function attempt(project: string, { command, args }: Generator, row: Row): Promise<void> {
  await mkdir(join(project, command));
  await run(project, join(project, "node_modules/.bin", command), args);

  const written = await readdir(join(project, command), { recursive: true });
  const files = written.filter((file) => file.endsWith(".ts")).map((file) => join(command, file));
  let all = "";
  for (const file of files) {
    const text = await readFile(join(project, file), "utf8");
    all += text;
    // One generator switches the compiler off in its output, which would make the check idle.
    await writeFile(join(project, file), text.replaceAll("@ts-nocheck", ""));
  }
  row.files = files.length;
  row.lines = all.split("\n").length - 1;

  const generated = all.toLowerCase();
  const missing = (await operationIds()).filter((id) => !generated.includes(id.toLowerCase()));
  if (missing.length > 0) throw new Error(`Not generated: ${missing.join(", ")}`);
  await run(project, process.execPath, [compiler, ...strict.split(" "), ...files]);
}

function print(rows: readonly Row[]): void {
  const titles = ["generator", "version", "files", "lines", "seconds", "result"] as const;
  const lines = [titles, ...rows.map((row) => titles.map((title) => String(row[title])))];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) {
    console.log(line.map((cell, column) => cell.padEnd(widths[column]!)).join("  "));
  }
}

async function main(): Promise<boolean> {
  await using project = await mkdtempDisposable(join(tmpdir(), "generators-"));
  console.log("Installing the generators in a temporary project");
  await install(project.path);

  const rows: Row[] = [];
  for (const generator of generators) {
    const { name, version } = generator;
    console.log(`Generating and type-checking with ${name}`);
    const row = { generator: name, version, files: 0, lines: 0, seconds: "", result: "ok" };
    const start = performance.now();
    await attempt(project.path, generator, row).catch(({ message }: Error) => {
      console.error(message);
      const lines = message.split("\n");
      row.result = `failed: ${lines.find((line) => /error|invalid|fail/i.test(line)) ?? lines[0]}`;
    });
    row.seconds = ((performance.now() - start) / 1000).toFixed(1);
    rows.push(row);
  }
  print(rows);
  return rows.every(({ result }) => result === "ok");
}

main().then(
  (ok) => {
    process.exitCode = ok ? 0 : 1;
  },
  (error: Error) => {
    console.error(`generators: ${error.message}`);
    process.exitCode = 1;
  },
);
