import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const directory = new URL("../generated/", import.meta.url);

/**
 * Runs a program as its reader would, with other addresses than the ones it names.
 *
 * @param env Variables beside those of this process.
 * @returns What it printed.
 * @throws When it ended with an error.
 */
export async function runProgram(
  name: string,
  text: string,
  env: Record<string, string> = {},
): Promise<string> {
  await mkdir(directory, { recursive: true });
  // A folder for each run: a sample may run twice at once, alone and before the sample that continues it.
  const folder = await mkdtemp(fileURLToPath(new URL("sample-", directory)));
  const file = join(folder, basename(name));
  await writeFile(file, text);
  const [command, args] = name.endsWith(".sh")
    ? ["bash", ["-e", file]]
    : [process.execPath, [file]];
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      timeout: 60_000,
      env: { ...process.env, ...env },
    });
    return stdout.replaceAll("\r\n", "\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}
