import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { fewPaths, partOf } from "../phases/against-mock.ts";
import { inFolder, type Ran, runCommand, runWith } from "../run-command.ts";
import { spoilingServer } from "../spoiling-server.ts";

// Tests what needs a process: exit codes and output. `../engine/runs.test.ts` tests through `runSuite`
// what a run sends and judges.

const small = partOf(...fewPaths);
const nowhere = "http://127.0.0.1:9";
const least = "coverage/getCustomer/valid/least";
/** Starts a process, which is slow on a busy machine. */
const timeout = 240_000;

/** Expects one line on standard error that names the problem, without a stack trace. */
function expectOneLine({ stderr }: Ran, says: RegExp): void {
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(/^qualifications-contract: /);
  expect(stderr).toMatch(says);
}

test("exits with 0 when every check holds, and lists each check", { timeout }, async () => {
  await using mock = await startMock();
  const ran = await runWith(small, ["--base-url", mock.url]);
  expect(ran.stdout).toMatch(/✓ response_schema_conformance +\d+ judged/);
  expect(ran.stdout).toMatch(/- use_after_free +does not apply: no operation uses DELETE/);
  expect(ran.stdout.trimEnd().split("\n").at(-1)).toMatch(/^All passed: \d+ requests, \d+ checks/);
  expect(ran.code).toBe(0);
});

test("exits with 1 when a check fails, and prints how to replay it", { timeout }, async () => {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, () => ({ status: 202 }));
  const args = ["--base-url", server.url, "--phase", "coverage", "--only", least];
  const ran = await runWith(small, args);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain("status_code_conformance, getCustomer: 202 is not documented");
  expect(ran.stdout).toContain(`again: qualifications-contract --base-url ${server.url}`);
  expect(ran.stdout).toContain(`--phase coverage --only '${least}'`);
  expect(ran.stdout).toMatch(/curl -i --path-as-is -X GET http.* "Authorization: Bearer \$TOKEN"/);
});

test("exits with 3 when no server answers at the base URL", { timeout }, async () => {
  const ran = await runWith(small, ["--base-url", nowhere]);
  expect(ran.code).toBe(3);
  expectOneLine(ran, /http:\/\/127\.0\.0\.1:9 is unreachable \(ECONNREFUSED\)/);
});

/** A contract of one GET with an invalid response. */
const withResponse = (response: string) =>
  `{"openapi":"3.1.0","paths":{"/a":{"get":{"responses":{"200":${response}}}}}}`;

test.each([
  ["that is not JSON", "{", /cannot be read/],
  ["of an old version", '{"openapi":"3.0.3","paths":{}}', /version 3\.1/],
  [
    "with a schema that does not compile",
    withResponse('{"content":{"application/json":{"schema":{"pattern":"("}}}}'),
    /does not compile/,
  ],
  ["with a reference to nothing", withResponse('{"$ref":"#/components/gone"}'), /does not exist/],
])("exits with 4 for a contract %s", { timeout }, async (_, text, says) => {
  const ran = await runWith(text, ["--base-url", nowhere]);
  expect(ran.code).toBe(4);
  expectOneLine(ran, says);
});

test("exits with 4 for a missing contract file", { timeout }, async () => {
  const ran = await runCommand(["--base-url", nowhere, "--contract", "/nowhere.json"]);
  expect(ran.code).toBe(4);
  expectOneLine(ran, /nowhere\.json cannot be read: ENOENT/);
});

test.each([
  ["a seed that is not a number", ["--seed", "twelve"], /--seed must be a whole number/],
  ["an unknown case", ["--only", "coverage/nothing"], /no case is named coverage\/nothing/],
])("exits with 5 for %s", { timeout }, async (_, args, says) => {
  await using mock = await startMock();
  const ran = await runWith(small, ["--base-url", mock.url, ...args]);
  expect(ran.code).toBe(5);
  expectOneLine(ran, says);
});

test.each([{}, { PARTNER_TOKEN: "" }, { PARTNER_TOKEN: "  " }])(
  "exits with 6 for an empty token variable, %j",
  { timeout },
  async (env) => {
    const args = ["--base-url", "https://127.0.0.1:9", "--token-env", "PARTNER_TOKEN"];
    const ran = await runCommand(args, env as Record<string, string>);
    expect(ran.code).toBe(6);
    expectOneLine(ran, /the variable PARTNER_TOKEN of --token-env is empty or not set/);
  },
);

test(
  "exits with 7 when the server accepts connections and never answers",
  { timeout },
  async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as { port: number };
      const args = ["--base-url", `http://127.0.0.1:${port}`, "--timeout", "0.5"];
      const ran = await runWith(small, args);
      expect(ran.code).toBe(7);
      expectOneLine(ran, /no response within 0\.5 s: GET /);
    } finally {
      server.close();
    }
  },
);

test("exits with 8 when nothing can be judged", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--phase", "stateful", "--no-control"];
  const ran = await runWith(small, args);
  expect(ran.code).toBe(8);
  expectOneLine(ran, /the phase stateful cannot run: it moves the mock's clock.*--control/);
  expect(ran.stdout).not.toContain("All passed");
});

test("sends the token and never prints it", { timeout }, async () => {
  const token = "s3cret-token-of-a-partner";
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, () => ({ status: 202 }));
  await inFolder(async (folder) => {
    const json = join(folder, "report.json");
    const args = ["--base-url", server.url, "--token-env", "PARTNER_TOKEN", "--json", json];
    const env = { PARTNER_TOKEN: token };
    const ran = await runWith(small, [...args, "--phase", "examples"], env);
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('-H "Authorization: Bearer $PARTNER_TOKEN"');
    expect(ran.stdout + ran.stderr + (await readFile(json, "utf8"))).not.toContain("s3cret");
  });
});
