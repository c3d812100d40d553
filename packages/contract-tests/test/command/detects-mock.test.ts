import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { runSuite } from "@partner-qualifications/contract-suite";
import { contract } from "../phases/against-mock.ts";
import { runCommand } from "../run-command.ts";

const timeout = 240_000;

test("finds the mock behind a base URL and uses its control", { timeout }, async () => {
  await using mock = await startMock();
  // The sample of this package's README is a whole run; so are the sweeps.
  const only = ["--phase", "coverage", "--only", "coverage/getCustomer/token/bad/2"];
  const ran = await runCommand(["--base-url", mock.url, ...(process.env.SWEEPS ? [] : only)]);
  expect(ran.stdout).toContain(
    `This is the mock: its clock and faults are used (${mock.url}/_mock/)`,
  );
  expect(ran.stdout).toMatch(/✓ ignored_auth/);
  expect(ran.code).toBe(0);
});

const options = [["--read-only"], ["--customer", "7d1b6f2e-0d7b-4f0e-9c55-5a3c9c1e8a40"]];

test.each(process.env.SWEEPS ? options : options.slice(0, 1))(
  "finds nothing in the mock with %s",
  { timeout },
  async (...args) => {
    await using mock = await startMock();
    const ran = await runCommand(["--base-url", mock.url, ...args]);
    expect(ran.stdout).toContain("All held");
    expect(ran.code).toBe(0);
  },
);

test("finds the mock from another program", { timeout }, async () => {
  await using mock = await startMock();
  const target = { baseUrl: mock.url, timeout: 60_000 };
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
  const args = ["--base-url", mock.url, "--no-control", "--phase", "coverage"];
  const ran = await runCommand([...args, "--only", "coverage/getCustomer/token/bad/2"]);
  expect(ran.stdout).toContain("This is the mock; --no-control leaves its clock and faults alone");
  // The mock accepts any token but a few, which it names.
  expect(ran.stdout).toMatch(/✓ ignored_auth/);
  expect(ran.code).toBe(0);
  expect(await (await fetch(address, { headers })).json()).toHaveLength(1);
});

test("gives the mock back as it was started", { timeout }, async () => {
  await using mock = await startMock();
  await runCommand(["--base-url", mock.url, "--phase", "examples"]);
  expect(mock.control.clock.mode).toBe("real");
});

test("takes Prism's own mock for no mock of this project", { timeout }, async () => {
  // Prism answers what it does not know with 404, under /_mock/ too.
  const { createServer } = await import("node:http");
  const server = createServer((_, response) => response.writeHead(404).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as { port: number };
    const args = ["--base-url", `http://127.0.0.1:${port}`, "--phase", "stateful"];
    const ran = await runCommand(args);
    expect(ran.stderr).toMatch(/the phase stateful cannot run: it moves the mock's clock/);
  } finally {
    server.close();
  }
});
