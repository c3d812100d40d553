import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";

test("runs the README's program and prints the approval", async () => {
  await using mock = await startMock({ reviewTime: "PT1S" });
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const [, code = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const program = code.replace("http://127.0.0.1:4010", mock.url);
  expect(program).not.toBe(code);
  expect(code.match(/^.+$/gm)?.length).toBeLessThanOrEqual(15);

  const directory = new URL("../generated/", import.meta.url);
  await mkdir(directory, { recursive: true });
  const file = new URL("readme.ts", directory);
  await writeFile(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(file)]);
  expect(stdout).toMatch(/^(InReview\n)+Approved\nApproved\n$/);
});
