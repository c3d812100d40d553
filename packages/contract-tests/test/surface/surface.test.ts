import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { tsc } from "@partner-qualifications/testing/measure";
import { beforeAll, expect, test } from "vitest";

const exec = promisify(execFile);
const programs = join(import.meta.dirname, "programs");
const modules = join(import.meta.dirname, "../../node_modules");
const packages = join(import.meta.dirname, "../../..");

/** The declarations of a second version, by the name that `two-copies.ts` imports them under. */
const copies = {
  "copy-of-client": "client/dist/index.d.ts",
  "copy-of-testing": "client/dist/testing.d.ts",
  "copy-of-credentials": "credentials/dist/index.d.ts",
  "copy-of-mock": "mock/dist/index.d.ts",
  "copy-of-suite": "contract-suite/dist/index.d.ts",
};

const names = (await readdir(programs)).filter((name) => name.endsWith(".ts"));
let lines: string[];

beforeAll(async () => {
  // Where the imports of a copied declaration can be resolved.
  await mkdir(join(modules, ".cache"), { recursive: true });
  const directory = await mkdtemp(join(modules, ".cache/surface-"));
  for (const [name, file] of Object.entries(copies)) {
    await cp(join(packages, file), join(directory, `${name}.d.ts`));
  }
  const compilerOptions = {
    target: "es2022",
    lib: ["es2023", "dom", "esnext.disposable"],
    types: ["node"],
    typeRoots: [join(modules, "@types")],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    declaration: true,
    rootDir: programs,
    outDir: directory,
    paths: Object.fromEntries(
      Object.keys(copies).map((name) => [name, [join(directory, `${name}.d.ts`)]]),
    ),
  };
  const files = names.map((name) => join(programs, name));
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const { stdout } = await exec(process.execPath, [tsc, "-p", directory], { cwd: programs }).catch(
    (error: { stdout: string }) => error,
  );
  lines = stdout.split("\n");
  return () => rm(directory, { recursive: true });
}, 120_000);

test.each(names)("compiles %s and names its types", (name) => {
  expect(lines.filter((line) => line.startsWith(name) || line.startsWith("error"))).toEqual([]);
});
