import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mock, startMock } from "@partner-qualifications/mock";
import type { Entry, Har } from "har-format";
import { expect, test } from "vitest";
import { runCommand } from "../run-command.ts";
import { spoilingServer } from "../spoiling-server.ts";

const timeout = 240_000;

const frozen = { clock: "manual", now: "2026-01-05T09:00:00Z" } as const;

/** Runs the command with `--har`, and reads what it wrote. */
async function recorded(mock: Pick<Mock, "url">, args: string[], env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    const file = join(folder, "run.har");
    const ran = await runCommand(["--base-url", mock.url, ...args, "--har", file], env);
    const text = await readFile(file, "utf8");
    return { ran, text, entries: (JSON.parse(text) as Har).log.entries };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A request without what differs from one server to another. */
function sent({ request: { method, url, headers, postData } }: Entry): unknown {
  const { pathname, search } = new URL(url);
  return { method, address: pathname + search, headers, body: postData?.text };
}

/** Draws from a mock of its own. */
async function seed77() {
  await using mock = await startMock();
  const drawn = process.env.SWEEPS
    ? ["--phase", "fuzz,stateful", "--max-cases", "32"]
    : ["--phase", "stateful", "--max-cases", "8"];
  return await recorded(mock, [...drawn, "--seed", "77"]);
}

test("sends the same requests from the same seed with --max-cases", { timeout }, async () => {
  const runs = await Promise.all([seed77(), seed77()]);
  const [first, again] = runs.map(({ entries }) => entries.map(sent));
  expect(first?.length).toBeGreaterThan(50);
  expect(again).toEqual(first);
  const [{ ran }] = runs;
  expect(ran.stdout).toContain("Seed 77");
  expect(ran.stdout).not.toMatch(/cut short/);
  expect(ran.code).toBe(0);
});

test("prints what --time cut short", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--phase", "fuzz", "--seed", "1"];
  const ran = await runCommand([...args, "--time", "0.2", "--max-cases", "100000"]);
  expect(ran.stdout).toMatch(
    /--time cut 16 of 16 drawings short .*: seed 1 may draw more or fewer next time\. Bound the run with --max-cases/,
  );
});

test("writes every exchange to --har so that it replays", { timeout }, async () => {
  await using mock = await startMock(frozen);
  const { ran, entries } = await recorded(mock, ["--phase", "examples", "--no-control"]);
  expect(ran.stdout).toContain(`All held: ${entries.length} requests`);

  await using another = await startMock(frozen);
  for (const { request, response } of entries) {
    const headers = request.headers
      // HAR viewers show a token only as its variable; the mock accepts any.
      .filter(({ name }) => !/^(host|content-length)$/i.test(name))
      .map(({ name, value }): [string, string] => [name, value]);
    const again = await fetch(request.url.replace(mock.url, another.url), {
      method: request.method,
      headers,
      ...(request.postData && { body: request.postData.text ?? "" }),
    });
    expect([again.status, await again.text()]).toEqual([response.status, response.content.text]);
  }
});

test("writes lost connections to --har, and no token", { timeout }, async () => {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, (_, { count }) =>
    count > 2 ? "cut" : undefined,
  );
  const args = ["--phase", "examples", "--token-env", "PARTNER_TOKEN"];
  const { ran, text, entries } = await recorded(server, args, { PARTNER_TOKEN: "s3cret" });
  expect(ran.code).toBe(1);
  expect(entries.at(-1)?.response.status).toBe(0);
  expect(JSON.stringify(entries.at(-1)?.response)).toMatch(/hang up|ECONNRESET/);
  expect(text).toContain("Bearer $PARTNER_TOKEN");
  expect(text).not.toContain("s3cret");
});

test("rejects --max-cases that is not a whole number", { timeout }, async () => {
  const ran = await runCommand(["--base-url", "http://127.0.0.1:9", "--max-cases", "1.5"]);
  expect(ran.stderr).toContain('--max-cases must be a whole number above 0, not "1.5"');
  expect(ran.code).toBe(2);
});

test("rejects a --har file that cannot be written", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--phase", "examples", "--har", "/nowhere/run.har"];
  const ran = await runCommand(args);
  expect(ran.stderr).toMatch(
    /^qualifications-contract: --har \/nowhere\/run\.har cannot be written/,
  );
  expect(ran.code).toBe(2);
});
