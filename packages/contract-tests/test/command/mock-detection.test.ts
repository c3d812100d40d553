import { createServer } from "node:http";
import { NothingJudgedError, readContract, runSuite } from "@partner-qualifications/contract-suite";
import { startMock } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { fewPaths, partOf } from "../phases/against-mock.ts";
import { runCommand, runWith } from "../run-command.ts";

const timeout = 240_000;
const small = partOf(...fewPaths);
const badToken = ["--phase", "coverage", "--only", "coverage/getCustomer/token/bad/2"];

test("finds the mock behind a base URL and uses its control API", { timeout }, async () => {
  await using mock = await startMock();
  // Fewer requests: the README's sample and the sweeps are complete runs.
  const args = ["--base-url", mock.url];
  const ran = await (process.env.SWEEPS
    ? runCommand(args)
    : runWith(small, [...args, ...badToken]));
  expect(ran.stdout).toContain(`Found the mock. Using its clock and faults (${mock.url}/_mock/)`);
  expect(ran.stdout).toMatch(/✓ ignored_auth/);
  expect(ran.code).toBe(0);
});

test("only reads from the mock with --read-only", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--read-only"];
  const ran = await (process.env.SWEEPS ? runCommand(args) : runWith(small, args));
  expect(ran.stdout).toContain("reading only");
  expect(ran.stdout).toContain("The suite does not use its clock and faults");
  expect(ran.stdout).toContain("All passed");
  expect(ran.code).toBe(0);
});

test("finds the mock from another program", { timeout }, async () => {
  await using mock = await startMock();
  const target = { baseUrl: mock.url, timeoutMs: 60_000 };
  const given = { contract, target, phases: ["coverage"], maxResponseTime: 60_000 } as const;
  const token = await runSuite({ ...given, only: "coverage/getCustomer/token/bad/2" });
  expect(token.failures).toEqual([]);
  const throttled = await runSuite({ ...given, only: "coverage/getCustomer/throttled/waits" });
  expect(throttled.checks).toContainEqual(
    expect.objectContaining({ name: "retry_after_tells_the_truth", judged: 1, failed: 0 }),
  );
});

test("leaves the mock's state alone with --no-control", { timeout }, async () => {
  await using mock = await startMock();
  const id = "7d1b6f2e-0d7b-4f0e-9c55-5a3c9c1e8a40";
  const address = `${mock.url}/v1/customers/${id}/qualifications`;
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const body = '{"qualification":"StateOwnedEntity"}';
  await fetch(address, { method: "POST", headers, body });
  const ran = await runWith(small, ["--base-url", mock.url, "--no-control", ...badToken]);
  expect(ran.stdout).toContain(
    "Found the mock. --no-control is set, so the suite does not use its clock and faults",
  );
  // The mock accepts all tokens but a few, which it names.
  expect(ran.stdout).toMatch(/✓ ignored_auth/);
  expect(ran.code).toBe(0);
  expect(await (await fetch(address, { headers })).json()).toHaveLength(1);
});

test("resets the mock to its initial state", async () => {
  await using mock = await startMock();
  const few = readContract(partOf("/v1/customers/all/validations"));
  await runSuite({ contract: few, target: { baseUrl: mock.url }, phases: ["examples"] });
  expect(mock.control.clock.mode).toBe("real");
});

test("does not mistake Prism's own mock for this project's", async () => {
  // Prism answers 404 to unknown paths, also under /_mock/.
  const server = createServer((_, response) => response.writeHead(404).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as { port: number };
    const target = { baseUrl: `http://127.0.0.1:${port}` };
    const ran = runSuite({ contract, target, phases: ["stateful"] });
    await expect(ran).rejects.toThrow(NothingJudgedError);
    await expect(ran).rejects.toThrow("the phase stateful cannot run: it moves the mock's clock");
  } finally {
    server.close();
  }
});
