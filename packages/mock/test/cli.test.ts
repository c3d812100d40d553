import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const path = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";

function run(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args]);
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
  /** Waits until the output has what is looked for. */
  const printed = async (wanted: RegExp) => {
    for (;;) {
      const match = wanted.exec(output);
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`Ended without ${wanted}:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, ended, printed };
}

test("it says where it listens, answers, and ends on SIGTERM", async () => {
  const { child, ended, printed } = run("--port", "0", "--review-time", "PT0S");
  const [, url] = await printed(/on (http\S+)/);
  const response = await fetch(url + path, { headers: { Authorization: "Bearer any" } });
  expect(await response.json()).toEqual([]);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

test.each([
  [["--port", "http"], /--port must be a whole number from 0 to 65535, not "http"/],
  [["--prot", "1"], /Unknown option '--prot'/],
  [["--review-time", "soon"], /"soon" is not an ISO 8601 duration/],
])("%j is one clear line and exit code 2", async (args, message) => {
  const { code, output } = await run(...args).ended;
  expect(output).toMatch(message);
  expect(output.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(2);
});

test("a taken port is one line that names the flag and the variable", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { code, output } = await run("--port", String(port)).ended;
  other.close();
  expect(output).toBe(
    "qualifications-mock: the port is taken; choose another with --port or MOCK_PORT\n",
  );
  expect(code).toBe(1);
});

test("--help has examples", async () => {
  const { code, output } = await run("--help").ended;
  expect(output).toContain("qualifications-mock --review-time PT20S");
  expect(code).toBe(0);
});

test("--static is Prism itself, which remembers nothing", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  other.close();
  const { child, ended, printed } = run("--static", "--port", String(port));
  await printed(/Prism is listening/);
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { Authorization: "Bearer any" },
  });
  expect(await response.json()).toMatchObject([{ vettingCreateDate: "2020-12-04T20:54:24Z" }]);
  child.kill("SIGTERM");
  await ended;
});
