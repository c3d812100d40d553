import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const directory = new URL("../generated/", import.meta.url);

/**
 * Runs a program as its reader would, with other addresses than the ones it names.
 *
 * @returns What it printed.
 * @throws When it ended with an error.
 */
export async function runProgram(name: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = fileURLToPath(new URL(name.replaceAll("/", "-"), directory));
  await writeFile(file, text);
  // -S shows curl's errors, without its progress; -f lets an answer of an error fail.
  const [command, args] = name.endsWith(".sh")
    ? ["bash", ["-e", file]]
    : [process.execPath, [file]];
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: 60_000 });
    return stdout.replaceAll("\r\n", "\n");
  } finally {
    await rm(file);
  }
}
