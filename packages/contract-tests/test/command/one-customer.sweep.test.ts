import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { runCommand } from "../run-command.ts";

test("passes on the mock for a single customer", { timeout: 240_000 }, async () => {
  await using mock = await startMock();
  const customer = ["--customer", "7d1b6f2e-0d7b-4f0e-9c55-5a3c9c1e8a40"];
  const ran = await runCommand(["--base-url", mock.url, ...customer]);
  expect(ran.stdout).toContain("All passed");
  expect(ran.code).toBe(0);
});
