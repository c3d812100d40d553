import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const parts = [
  "spec",
  "packages",
  "apps",
  "tools",
  "scripts",
  "package.json",
  "tsconfig.base.json",
];

/** A copy of the workspace to edit, because other tests read this one. */
async function copyWorkspace(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "dev-"));
  onTestFinished(() => rm(copy, { recursive: true }));
  for (const part of parts) {
    await cp(join(root, part), join(copy, part), {
      recursive: true,
      // Links between packages stay relative and lead to the copy.
      verbatimSymlinks: true,
      filter: (path) => !["test", ".turbo", ".cache"].includes(basename(path)),
    });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

test("applies an edited example to the mock within seconds, and leaves no process", async () => {
  const copy = await copyWorkspace();
  const example = join(copy, "spec/examples/error-unavailable.yaml");
  const child = spawn(process.execPath, [
    join(copy, "tools/start/src/dev.ts"),
    "--mock-port=0",
    "--demo-port=0",
    "--docs-port=0",
  ]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  await expect.poll(() => output, { timeout: 60_000 }).toContain("Press Ctrl-C");
  const addresses = [...output.matchAll(/^ {2}(?:Mock|Demo|Docs) {2}(\S+)/gm)];
  const [mock = "", demo = "", docs = ""] = addresses.map(([, url]) => url);
  for (const page of [demo, docs]) expect((await fetch(page)).status).toBe(200);

  const before = await readFile(example, "utf8");
  await writeFile(example, before.replace("Service unavailable", "Edited"));
  const served = async () => {
    await fetch(`${mock}/_mock/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind: "failure", status: 503, count: 1 }),
    });
    const response = await fetch(`${mock}/v1/customers/all/validations`, {
      headers: { Authorization: "Bearer any" },
    });
    return response.text();
  };
  await expect.poll(() => served().catch(String), { timeout: 10_000 }).toContain("Edited");
  const [, seconds] = /the mock has it after ([\d.]+) s/.exec(output) ?? [];
  console.log(`An edited example reached the mock after ${seconds} s`);

  child.kill("SIGKILL");
  await once(child, "close");
  for (const page of [mock, demo, docs]) {
    const isGone = () =>
      fetch(page).then(
        () => "answers",
        () => "gone",
      );
    await expect.poll(isGone, { timeout: 10_000 }).toBe("gone");
  }
}, 120_000);
