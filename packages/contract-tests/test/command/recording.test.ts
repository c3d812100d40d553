import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Mock, startMock } from "@partner-qualifications/mock";
import type { Har } from "har-format";
import { expect, test } from "vitest";
import { fewPaths, partOf } from "../phases/against-mock.ts";
import { inFolder, runWith } from "../run-command.ts";
import { spoilingServer } from "../spoiling-server.ts";

const timeout = 240_000;
const small = partOf(...fewPaths);
const frozen = { clock: "manual", now: "2026-01-05T09:00:00Z" } as const;

/** Runs the command with `--har` and returns the file's content. */
function recorded(mock: Pick<Mock, "url">, args: string[], env: Record<string, string> = {}) {
  return inFolder(async (folder) => {
    const file = join(folder, "run.har");
    const ran = await runWith(small, ["--base-url", mock.url, ...args, "--har", file], env);
    const text = await readFile(file, "utf8");
    return { ran, text, entries: (JSON.parse(text) as Har).log.entries };
  });
}

test("prints the drawings cut short by --time", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--phase", "fuzz", "--seed", "1"];
  const one = partOf("/v1/customers/all/validations");
  const ran = await runWith(one, [...args, "--time", "0.2", "--max-cases", "100000"]);
  expect(ran.stdout).toMatch(
    /--time cut (\d+) of \1 drawings short .*: seed 1 may draw more or fewer next time\. Bound the run with --max-cases/,
  );
});

test("writes every exchange to --har in a replayable form", { timeout }, async () => {
  await using mock = await startMock(frozen);
  const { ran, entries } = await recorded(mock, ["--phase", "examples", "--no-control"]);
  expect(ran.stdout).toContain(`All passed: ${entries.length} requests`);

  await using another = await startMock(frozen);
  for (const { request, response } of entries) {
    const headers = request.headers
      // HAR has the variable's name for the token; the mock accepts any.
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

test("writes lost connections, and no token, to --har", { timeout }, async () => {
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

test("rejects an unwritable --har file", { timeout }, async () => {
  await using mock = await startMock();
  const args = ["--base-url", mock.url, "--phase", "examples", "--har", "/nowhere/run.har"];
  const ran = await runWith(small, args);
  expect(ran.stderr).toMatch(
    /^qualifications-contract: --har \/nowhere\/run\.har cannot be written/,
  );
  expect(ran.code).toBe(2);
});
