import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { type Ran, runCommand as run } from "../run-command.ts";
import { spoilingServer } from "../spoiling-server.ts";

const least = "coverage/getCustomer/valid/least";
/** Each starts a process; a busy machine takes its time. */
const timeout = 240_000;

/** One line on the error stream that says what is wrong, and no stack trace. */
function expectOneLine({ stderr }: Ran, says: RegExp): void {
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(/^qualifications-contract: /);
  expect(stderr).toMatch(says);
}

async function withFile<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    const file = join(folder, "contract.json");
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test(
  "a server that keeps the contract: exit code 0, and every check told",
  { timeout },
  async () => {
    await using mock = await startMock();
    // All phases of the default run are in ../phases.
    const args = ["--base-url", mock.url, "--control", mock.url, "--phase", "examples"];
    const ran = await run(args);
    expect(ran.stdout).toMatch(/✓ response_schema_conformance +\d+ judged/);
    expect(ran.stdout).toMatch(
      /- use_after_free +cannot apply: no operation has the method DELETE/,
    );
    expect(ran.stdout).toMatch(/All held: \d+ requests, \d+ checks/);
    expect(ran.code).toBe(0);
  },
);

test(
  "one that breaks it: exit code 1, what is wrong, how to see it again, and curl",
  { timeout },
  async () => {
    await using mock = await startMock();
    await using server = await spoilingServer(mock.url, () => ({ status: 202 }));
    const args = ["--base-url", server.url, "--phase", "coverage", "--only", least];
    const ran = await run(args);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("status_code_conformance, getCustomer: 202 is not documented");
    expect(ran.stdout).toContain(`again: qualifications-contract --base-url ${server.url}`);
    expect(ran.stdout).toContain(`--phase coverage --only '${least}'`);
    expect(ran.stdout).toMatch(
      /curl -i --path-as-is -X GET http.* "Authorization: Bearer \$TOKEN"/,
    );
  },
);

test("a base URL that is not there: exit code 3", { timeout }, async () => {
  const ran = await run(["--base-url", "http://127.0.0.1:9"]);
  expect(ran.code).toBe(3);
  expectOneLine(ran, /http:\/\/127\.0\.0\.1:9 is not there \(ECONNREFUSED\)/);
});

test.each([
  ["not JSON", "{", /cannot be read/],
  ["not OpenAPI", "{}", /not an OpenAPI document/],
  ["of an old version", '{"openapi":"3.0.3","paths":{}}', /version 3\.1/],
  [
    "a schema that does not compile",
    JSON.stringify({
      openapi: "3.1.0",
      paths: {
        "/a": {
          get: {
            responses: { 200: { content: { "application/json": { schema: { pattern: "(" } } } } },
          },
        },
      },
    }),
    /does not compile/,
  ],
  [
    "a reference that leads nowhere",
    '{"openapi":"3.1.0","paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/components/gone"}}}}}}',
    /leads nowhere/,
  ],
])("a contract that is %s: exit code 4", { timeout }, async (_, text, says) => {
  const ran = await withFile(text, (file) =>
    run(["--base-url", "http://127.0.0.1:9", "--contract", file]),
  );
  expect(ran.code).toBe(4);
  expectOneLine(ran, says);
});

test("a contract that is not there: exit code 4", { timeout }, async () => {
  const ran = await run(["--base-url", "http://127.0.0.1:9", "--contract", "/nowhere.json"]);
  expect(ran.code).toBe(4);
  expectOneLine(ran, /nowhere\.json cannot be read: ENOENT/);
});

test.each([
  ["a seed that is no number", ["--seed", "twelve"], /--seed must be a whole number/],
  [
    "a path that the seed does not have",
    ["--phase", "fuzz", "--only", "fuzz/getCustomer/valid", "--seed", "1", "--path", "x:y"],
    /--path x:y leads nowhere/,
  ],
  [
    "a case that there is not",
    ["--only", "coverage/nothing"],
    /there is no case coverage\/nothing/,
  ],
])("%s: exit code 5", { timeout }, async (_, args, says) => {
  await using mock = await startMock();
  const ran = await run(["--base-url", mock.url, ...args]);
  expect(ran.code).toBe(5);
  expectOneLine(ran, says);
});

test.concurrent.each([{}, { PARTNER_TOKEN: "" }, { PARTNER_TOKEN: "  " }])(
  "a token variable that is empty, %j: exit code 6",
  { timeout },
  async (env) => {
    const args = ["--base-url", "https://127.0.0.1:9", "--token-env", "PARTNER_TOKEN"];
    const ran = await run(args, env as Record<string, string>);
    expect(ran.code).toBe(6);
    expectOneLine(ran, /the variable PARTNER_TOKEN of --token-env is empty or not set/);
  },
);

test("a server that takes the connection and never answers: exit code 7", { timeout }, async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as { port: number };
    const ran = await run(["--base-url", `http://127.0.0.1:${port}`, "--timeout", "0.5"]);
    expect(ran.code).toBe(7);
    expectOneLine(ran, /no answer within 0\.5 s: GET /);
  } finally {
    server.close();
  }
});

test("reports a request that hangs and sends the others", { timeout }, async () => {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, (_, { count }) =>
    count === 3 ? "hang" : undefined,
  );
  const args = ["--base-url", server.url, "--phase", "examples", "--timeout", "2"];
  const ran = await run(args);
  expect(ran.stdout).toMatch(/not_a_server_error, \w+: no answer: timed out after 2 s/);
  expect(ran.code).toBe(1);
  expect(server.asked.length).toBeGreaterThan(10);
});

test.concurrent.each([
  [["--base-uri", "x"], /Unknown option '--base-uri'/],
  [[], /--base-url is missing/],
  [["--base-url", "partner.example"], /--base-url must be an address of http or https/],
  [
    ["--base-url", "http://127.0.0.1:9", "--phase", "all"],
    /--phase knows relations, examples, coverage/,
  ],
  [["--base-url", "http://127.0.0.1:9", "--rate", "0"], /--rate must be a number above 0/],
  [["--base-url", "http://127.0.0.1:9", "--read-only", "--write"], /exclude each other/],
  [["--base-url", "http://partner.example", "--token-env", "PATH"], /over https only/],
])("wrong usage, %j: exit code 2", { timeout }, async (args, says) => {
  const ran = await run(args);
  expect(ran.code).toBe(2);
  expectOneLine(ran, says);
});

test("against another host, only requests that change nothing are sent", { timeout }, async () => {
  await using mock = await startMock();
  // To the command this address is not its own machine, though it leads there.
  await using server = await spoilingServer(mock.url, () => {}, { host: "0.0.0.0" });
  const args = ["--base-url", server.url, "--control", mock.url, "--rate", "100000"];
  const ran = await run([...args, "--timeout", "60"]);
  expect(ran.stdout).toContain("reading only");
  expect(ran.code).toBe(0);
  expect(server.asked.length).toBeGreaterThan(500);
  const methods = new Set(server.asked.map(({ method }) => method));
  expect([...methods].toSorted()).toEqual(["GET", "OPTIONS", "TRACE"]);
});

test("requests come no faster than the rate lets them", { timeout }, async () => {
  await using mock = await startMock();
  const scenario = "coverage/requestQualification/replay/education";
  const began = performance.now();
  const args = ["--base-url", mock.url, "--phase", "coverage", "--only", scenario];
  const ran = await run([...args, "--rate", "20"]);
  const [, sent] = /All held: (\d+) requests/.exec(ran.stdout) ?? [];
  expect(Number(sent)).toBeGreaterThan(10);
  expect(performance.now() - began).toBeGreaterThan((Number(sent) - 1) * 50);
});

test("a service that throttles is obeyed, and held to what it says", { timeout }, async () => {
  await using mock = await startMock({ throttle: { partner: { requests: 8, per: "PT1S" } } });
  const args = ["--base-url", mock.url, "--phase", "examples"];
  const obeyed = await run([...args, "--timeout", "60"]);
  expect(obeyed.code).toBe(0);

  await using server = await spoilingServer(mock.url, (_, { count }) =>
    count < 2 ? { status: 429, headers: { "retry-after": "0" } } : undefined,
  );
  const lied = await run(["--base-url", server.url, "--phase", "examples", "--timeout", "60"]);
  expect(lied.stdout).toMatch(/retry_after_tells_the_truth, .*: 429 again after the 0 s/);
  expect(lied.code).toBe(1);
});

test("the token is sent and never shown", { timeout }, async () => {
  const token = "s3cret-token-of-a-partner";
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, () => ({ status: 202 }));
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    const json = join(folder, "report.json");
    const args = ["--base-url", server.url, "--token-env", "PARTNER_TOKEN", "--json", json];
    const ran = await run([...args, "--phase", "examples"], { PARTNER_TOKEN: token });
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('-H "Authorization: Bearer $PARTNER_TOKEN"');
    expect(ran.stdout + ran.stderr + (await readFile(json, "utf8"))).not.toContain("s3cret");
  } finally {
    await rm(folder, { recursive: true });
  }
});
