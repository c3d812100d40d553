import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { raw } from "./raw.ts";

const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const manifest = createRequire(import.meta.url)("../package.json") as { version: string };
const path = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";

function run(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args]);
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
  /** Waits for matching output. */
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

const besideStatic = [
  ["--clock", "manual"],
  ["--now", "2026-11-23T09:00:00Z"],
  ["--speed", "2"],
  ["--review-time", "P1D"],
  ["--seed", "1"],
  ["--scenario", "school.yaml"],
  ["--throttle", "5/PT1M"],
  ["--throttle-customer", "5/PT1M"],
  ["--cors"],
  ["--journal-size", "5"],
  ["--log", "json"],
];

/** Prism takes seconds to load. */
const loadingPrism: [string[], RegExp][] = [
  [["--static", "--host", "300.1.1.1"], /^qualifications-mock: 300\.1\.1\.1 is not an address/],
];

/** Sends requests until the server refuses connections. */
async function askForEver(url: string): Promise<void> {
  const again = fetch(url, { headers: { Authorization: "Bearer any" } });
  const answered = await again.then(
    (response) => response.ok,
    () => false,
  );
  if (answered) await askForEver(url);
}

describe("options", () => {
  test.concurrent.each([
    [["--port", "http"], /--port must be a whole number from 0 to 65535, not "http"/],
    [["--prot", "1"], /^qualifications-mock: --prot is not an option\. Did you mean --port\?$/],
    [["--reviewtime", "P1D"], /Did you mean --review-time\?/],
    [["--throttle-cust", "1"], /Did you mean --throttle-customer\?/],
    [["--Seed", "1"], /Did you mean --seed\?/],
    [["--colour"], /^qualifications-mock: --colour is not an option\. See --help\.$/],
    [["4010"], /Unexpected argument '4010'\. See --help\.$/],
    [["--port"], /argument missing\. See --help\.$/],
    [["--host", "300.1.1.1"], /^qualifications-mock: 300\.1\.1\.1 is not an address/],
    [["--review-time", "soon"], /"soon" is not an ISO 8601 duration/],
    [["--review-time=-P1D"], /"-P1D" is not an ISO 8601 duration/],
    [["--clock", "still"], /--clock must be one of real, manual, fast, not "still"/],
    [["--clock", "manual", "--now", "today"], /"today" is not an ISO 8601 date/],
    [["--clock", "manual", "--speed", "2"], /"speed" needs a fast clock/],
    [["--seed", "one"], /--seed must be a whole number/],
    [["--throttle", "500"], /--throttle must be a number and a duration as in 500\/PT1M/],
    [["--journal-size", "all"], /--journal-size must be a whole number, not "all"/],
    [["--journal-size", "0"], /The journal's size must be a whole number from 1 to 1000000, not 0/],
    [["--control-host", "a/b"], /"a\/b" is not a host name/],
    [["--log", "loud"], /--log must be one of pretty, json, none, not "loud"/],
    ...(process.env.SWEEPS ? loadingPrism : []),
    ...(process.env.SWEEPS ? besideStatic : besideStatic.slice(0, 2)).map(
      (beside): [string[], RegExp] => [
        ["--static", ...beside],
        new RegExp(`--static runs Prism alone, without ${beside[0]}; omit one or the other`),
      ],
    ),
    [["--scenario", "nowhere.yaml"], /cannot read the scenario nowhere.yaml \(ENOENT\)/],
  ])("rejects %j with one line", async (args, message) => {
    const { code, output } = await run(...args).ended;
    expect(output.trim()).toMatch(message);
    expect(output.trim().split("\n")).toHaveLength(1);
    // Only listening shows that an address is invalid.
    expect(code).toBe(args.includes("--host") ? 1 : 2);
  });

  test("prints its version", async () => {
    const { code, output } = await run("--version").ended;
    expect(output).toBe(`${manifest.version}\n`);
    expect(code).toBe(0);
  });

  test("allows control under another host with --control-host", async () => {
    const { child, ended, printed } = run("--port", "0", "--control-host", "mock.example");
    const [, url = ""] = await printed(/on (http\S+)/);
    const statusUnder = async (host: string) => {
      const head = `GET /_mock/clock HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      return (await raw(url, head)).slice(9, 12);
    };
    expect(await statusUnder("mock.example:80")).toBe("200");
    expect(await statusUnder("evil.example")).toBe("403");
    child.kill("SIGTERM");
    await ended;
  });

  test("limits the journal with --journal-size", async () => {
    const { child, ended, printed } = run("--port", "0", "--journal-size", "2");
    const [, url = ""] = await printed(/on (http\S+)/);
    for (let request = 0; request < 3; request++) await fetch(url + path);
    const har = (await (await fetch(`${url}/_mock/journal`)).json()) as { log: { entries: [] } };
    expect(har.log.entries).toHaveLength(2);
    child.kill("SIGTERM");
    await ended;
  });

  test("names MOCK_PORT when it is not a port", async () => {
    const child = spawn(process.execPath, [command], {
      env: { ...process.env, MOCK_PORT: "http" },
    });
    let output = "";
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    await once(child, "close");
    expect(output).toContain('MOCK_PORT must be a whole number from 0 to 65535, not "http"');
  });

  test("prints examples with --help", async () => {
    const { code, output } = await run("--help").ended;
    expect(output).toContain("qualifications-mock --review-time PT20S");
    expect(code).toBe(0);
  });

  test("reports a scenario typo with its line and the allowed names", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scenario-"));
    const file = join(folder, "school.yaml");
    await writeFile(file, "clock: manual\nreviewTime: P1D\nclok: manual\n");
    const { code, output } = await run("--port", "0", "--scenario", file).ended;
    expect(output).toContain(
      `${file}: line 3: Unknown member "clok"; valid members are clock, now, speed`,
    );
    expect(code).toBe(2);
    await writeFile(file, "clock: manual\nnow: 2026-11-23T09:00:00Z\n");
    const { child, ended, printed } = run("--port", "0", "--scenario", file, "--log", "json");
    const [, url] = await printed(/on (http\S+)/);
    await fetch(url + path, { headers: { Authorization: "Bearer secret" } });
    const [line] = await printed(/^\{.*\}$/m);
    expect(JSON.parse(line)).toMatchObject({
      time: "2026-11-23T09:00:00.000Z",
      method: "GET",
      path,
      status: 200,
    });
    child.kill("SIGTERM");
    expect((await ended).output).not.toContain("secret");
    await rm(folder, { recursive: true });
  });
});

describe("the running command", () => {
  test("prints its address, answers, and stops on SIGTERM", async () => {
    const { child, ended, printed } = run("--port", "0", "--review-time", "PT0S");
    const [, url] = await printed(/on (http\S+)/);
    const response = await fetch(url + path, { headers: { Authorization: "Bearer any" } });
    expect(await response.json()).toEqual([]);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  test.each<[string[]]>(process.env.SWEEPS ? [[[]], [["--static"]]] : [[[]]])(
    "names a port in use (arguments: %j)",
    async (args: string[]) => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      const { code, output } = await run("--port", String(port), ...args).ended;
      other.close();
      expect(output).toBe(
        `qualifications-mock: port ${port} is in use; choose another with --port or MOCK_PORT\n`,
      );
      expect(code).toBe(1);
    },
  );

  test("warns about an address reachable by others, but not about loopback", async () => {
    const open = run("--port", "0", "--host", "0.0.0.0");
    await open.printed(/Warning: 0\.0\.0\.0 is reachable from other machines/);
    await open.printed(/on http/);
    open.child.kill("SIGTERM");
    await open.ended;
    const closed = run("--port", "0");
    await closed.printed(/on http:\/\/127\.0\.0\.1/);
    closed.child.kill("SIGTERM");
    expect((await closed.ended).output).not.toContain("Warning");
  });

  test("finishes pending replies on SIGTERM and exits with 0 within two seconds", async () => {
    const { child, ended, printed } = run("--port", "0", "--log", "none");
    const [, url = ""] = await printed(/on (http\S+)/);
    const headers = { Authorization: "Bearer any" };
    // Slow enough to be pending when the signal arrives, quick enough to end in time.
    const slow = { kind: "latency", delay: "PT0.4S", count: 21 };
    await fetch(`${url}/_mock/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(slow),
    });
    // The first request is the slowest: it compiles what the others need.
    await fetch(url + path, { headers });
    const underWay = Promise.allSettled(
      Array.from({ length: 20 }, async () => (await fetch(url + path, { headers })).status),
    );
    // Each request in hand has taken one of the latencies.
    const faults = async () => (await fetch(`${url}/_mock/faults`)).json();
    await expect.poll(faults, { interval: 10 }).toEqual([]);
    const busy = Array.from({ length: 10 }, () => askForEver(url + path));
    const began = performance.now();
    child.kill("SIGTERM");
    const { code } = await ended;
    expect(performance.now() - began).toBeLessThan(2000);
    expect(code).toBe(0);
    await Promise.all(busy);
    expect(await underWay).toEqual(
      Array.from({ length: 20 }, () => ({ status: "fulfilled", value: 200 })),
    );
  });

  test("runs plain, stateless Prism with --static", async () => {
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
});
