import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** The workspace's compiler. */
export const tsc = join(
  createRequire(import.meta.url).resolve("typescript/package.json"),
  "../bin/tsc",
);

/**
 * Returns the type instantiations of a program beyond those of an empty one.
 *
 * @param packages The declaration file of each imported package.
 * @throws {Error} If the program does not compile.
 */
export async function instantiations(
  program: string,
  packages: Record<string, string>,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "instantiations-"));
  try {
    const count = async (source: string): Promise<number> => {
      await writeFile(join(directory, "main.ts"), source);
      const args = [tsc, "--noEmit", "--singleThreaded", "--extendedDiagnostics"];
      const { stdout } = await exec(process.execPath, args, { cwd: directory }).catch(
        (error: { stdout: string }) => {
          throw new Error(`The program does not compile:\n${error.stdout}`);
        },
      );
      return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)![1]);
    };
    const compilerOptions = {
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      module: "esnext",
      moduleResolution: "bundler",
      strict: true,
      skipLibCheck: true,
      paths: Object.fromEntries(
        Object.entries(packages).map(([name, declarations]) => [name, [declarations]]),
      ),
    };
    await writeFile(
      join(directory, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["main.ts"] }),
    );
    return (await count(program)) - (await count("export {};"));
  } finally {
    await rm(directory, { recursive: true });
  }
}
