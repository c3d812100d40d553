import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the contract's workflows. */
export const workflows = new URL("../../../../spec/workflows/", import.meta.url);
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** One call of a workflow, as logged by `redocly respect`. */
export interface Attempt {
  stepId: string;
  /** Present only if the attempt failed and was retried. */
  retriesLeft?: number;
  response: { statusCode: number; headers: Record<string, string>; body: unknown };
}

/**
 * Runs a workflow against a base URL with the real command.
 *
 * @throws {Error} With the command's output, if it fails.
 */
export async function respect(name: string, url: string, inputs: object): Promise<Attempt[]> {
  const folder = await mkdtemp(join(tmpdir(), "workflow-"));
  try {
    const file = `${name}.arazzo.yaml`;
    const log = join(folder, "log.json");
    const options = [`--server=qualifications=${url}`, "--json-output", log];
    await execute([redocly, "respect", file, ...options, "--input", JSON.stringify(inputs)]);

    const { files } = JSON.parse(await readFile(log, "utf8")) as {
      files: Record<string, { executedWorkflows: { executedSteps: Attempt[] }[] }>;
    };
    return files[file]?.executedWorkflows.flatMap(({ executedSteps }) => executedSteps) ?? [];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function execute(command: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      command,
      {
        cwd: fileURLToPath(workflows),
        // Only the mock is called, without a proxy.
        env: {
          ...process.env,
          REDOCLY_TELEMETRY: "off",
          REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
          NO_PROXY: "127.0.0.1",
          no_proxy: "127.0.0.1",
        },
      },
      (error, stdout, stderr) => (error ? reject(new Error(stdout + stderr)) : resolve()),
    );
  });
}
