import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const command = fileURLToPath(new URL("../../../scripts/run.mjs", import.meta.url));
const program = fileURLToPath(new URL("../src/index.ts", import.meta.url));

function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [script, ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, ended, text: () => output.join("") };
}

const freePorts = ["--mock-port", "0", "--demo-port", "0", "--docs-port", "0"];
const listening = { timeout: 60_000 };

test.each(["SIGINT", "SIGTERM"] as const)(
  "starts all three, and stops them on %s",
  async (signal) => {
    const running = run(program, ...freePorts);
    await expect.poll(running.text, listening).toContain("Press Ctrl-C to stop all three.");
    const addresses = [...running.text().matchAll(/^ {2}(Mock|Demo|Docs) {2}(\S+)/gm)];
    expect(addresses.map(([, name]) => name)).toEqual(["Mock", "Demo", "Docs"]);
    const [mock = "", demo = "", docs = ""] = addresses.map(([, , url]) => url);

    const call = await fetch(`${mock}/v1/customers/all/validations`, {
      headers: { Authorization: "Bearer any" },
    });
    expect(call.status).toBe(200);
    // The command that it prints, as a reader would paste it, and then without -d, as it says.
    const [curl = ""] = /^ {2}curl -i(?:.*\\\n)*.*$/m.exec(running.text()) ?? [];
    const printed = await promisify(execFile)("bash", ["-c", curl]);
    expect(printed.stdout).toMatch(/^HTTP\/1\.1 201 [^]*"vettingStatus":"InReview"/);
    const again = curl.replace(/ \\\n *-d .*$/, "");
    expect((await promisify(execFile)("bash", ["-c", again])).stdout).toContain(" 200 OK");

    const throughTheDemo = await fetch(`${demo}/api/v1/customers/all/validations`);
    expect(throughTheDemo.status).toBe(200);
    for (const page of [demo, docs])
      expect(await (await fetch(page)).text()).toMatch(/<!doctype html>/i);
    // Samples, "Try it" and Redoc call the mock that runs here.
    for (const path of ["/reference/requestQualification", "/redoc/contract.json"])
      expect(await (await fetch(docs + path)).text()).toContain(mock);

    // A program that freezes the mock's time stops every review, so the terminal says so.
    const page = await (await fetch(`${demo}/api/about`)).json();
    expect(page).toEqual({ partnerCenter: new URL(mock).host, isMock: true, docsUrl: docs });
    for (const [mode, line] of [
      ["manual", /The mock's time is frozen at \d{4}-.* UTC: no review ends/],
      ["real", /The mock's time resumed at \d{4}-.* UTC/],
    ] as const) {
      const body = JSON.stringify({ mode });
      const headers = { "Content-Type": "application/json" };
      await fetch(`${mock}/_mock/clock`, { method: "PUT", headers, body });
      await expect.poll(running.text, listening).toMatch(line);
    }

    running.child.kill(signal);
    expect(await running.ended).toBe(0);
    for (const address of [mock, demo, docs])
      await expect(fetch(address)).rejects.toThrow("fetch failed");
  },
  180_000,
);

// These go through the root command, which reports them before it installs or builds anything.

test("reports every port in use, with its flag and variable", async () => {
  await using other = createServer();
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  const port = String((other.address() as AddressInfo).port);
  const running = run(
    command,
    "start",
    "--mock-port",
    "0",
    "--demo-port",
    port,
    "--docs-port",
    port,
  );
  expect(await running.ended).toBe(1);
  expect(running.text()).toBe(
    `Port ${port} is in use. Choose another with --demo-port or DEMO_PORT.\n` +
      `Port ${port} is in use. Choose another with --docs-port or DOCS_PORT.\n`,
  );
});

test.each([
  [["--mock-prt", "1"], "--mock-prt is not an option. Did you mean --mock-port?\n"],
  [["--review", "P1D"], "--review is not an option. Did you mean --review-time?\n"],
  [["4010"], "Unexpected argument '4010'. See --help.\n"],
  [["--colour"], "--colour is not an option. See --help.\n"],
  [["--docs-port", "http"], '"http" is not a port. Give another with --docs-port or DOCS_PORT.\n'],
  [
    ["--review-time", "3 days"],
    '--review-time "3 days" is not an ISO 8601 duration, such as PT20S or P3D.\n',
  ],
  [
    ["--mock-port", "0", "--demo-port", "45123", "--docs-port", "45123"],
    "Port 45123 is also the demo's. Choose another with --docs-port or DOCS_PORT.\n",
  ],
])("rejects %j with one line", async (args, message) => {
  const running = run(command, "start", ...args);
  expect(await running.ended).toBe(1);
  expect(running.text()).toBe(message);
});

test("prints its version before it installs anything", async () => {
  const running = run(command, "start", "--version");
  expect(await running.ended).toBe(0);
  expect(running.text()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("prints its help", async () => {
  const running = run(command, "start", "--help");
  expect(await running.ended).toBe(0);
  expect(running.text()).toContain("--review-time D");
});

test("names the existing commands", async () => {
  const running = run(command, "strat");
  expect(await running.ended).toBe(1);
  expect(running.text()).toMatch(/^strat is not a command\. There are: start, .*test.*mock/);
});
