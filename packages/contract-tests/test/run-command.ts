import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../contract-suite/dist/cli.js", import.meta.url));

/** A command's output and exit code. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `qualifications-contract` in a separate process. */
export function runCommand(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** Runs it with another contract, given as a file's text or a document. */
export async function runWith(
  contract: string | object,
  args: string[],
  env?: Record<string, string>,
): Promise<Ran> {
  return inFolder(async (folder) => {
    const file = join(folder, "contract.json");
    await writeFile(file, typeof contract === "string" ? contract : JSON.stringify(contract));
    return runCommand([...args, "--contract", file], env);
  });
}

/** Runs a function with a temporary folder. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
