import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../start.ts", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args]);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, ended, text: () => output.join("") };
}

const freePorts = ["--mock-port", "0", "--demo-port", "0", "--docs-port", "0"];

test.each(["SIGINT", "SIGTERM"] as const)("all three answer, and %s stops them", async (signal) => {
  const running = start(...freePorts);
  await expect.poll(running.text, { timeout: 15_000 }).toContain("Ctrl-C stops all three.");
  const addresses = [...running.text().matchAll(/^ {2}(Mock|Demo|Docs) {2}(\S+)/gm)];
  expect(addresses.map(([, name]) => name)).toEqual(["Mock", "Demo", "Docs"]);
  const [mock = "", demo = "", docs = ""] = addresses.map(([, , url]) => url);

  const call = await fetch(`${mock}/v1/customers/all/validations`, {
    headers: { Authorization: "Bearer any" },
  });
  expect(call.status).toBe(200);
  const throughTheDemo = await fetch(`${demo}/api/v1/customers/all/validations`);
  expect(throughTheDemo.status).toBe(200);
  for (const page of [demo, docs])
    expect(await (await fetch(page)).text()).toMatch(/<!doctype html>/i);

  running.child.kill(signal);
  expect(await running.ended).toBe(0);
  for (const address of [mock, demo, docs])
    await expect(fetch(address)).rejects.toThrow("fetch failed");
});

test.each(["mock", "demo", "docs"])(
  "a taken port of the %s names the flag and variable",
  async (name) => {
    await using other = createServer();
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const running = start(...freePorts, `--${name}-port`, String(port));
    expect(await running.ended).toBe(1);
    expect(running.text()).toBe(
      `start: Port ${port} for the ${name} is taken or not allowed: ` +
        `choose another with --${name}-port or ${name.toUpperCase()}_PORT\n`,
    );
  },
);

test("a port that is not one is told before anything starts", async () => {
  const running = start("--docs-port", "http");
  expect(await running.ended).toBe(1);
  expect(running.text()).toMatch(/^start: "http" is not a port for the docs: .*DOCS_PORT\n$/);
});
