import { startMock } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { runSuite, type SuiteOptions } from "@partner-qualifications/contract-suite";
import { type Spoil, spoilingServer } from "../spoiling-server.ts";

const only = "fuzz/requestQualification/valid";

/** A service that fails for web sites of more than two characters. */
const trips: Spoil = (_, { body }) => {
  const [, website = ""] = /"website":"(.*)"/.exec(body) ?? [];
  return website.length > 2 ? { status: 500 } : undefined;
};

/** Approves at once, or goes back to review after the second read. */
const forgets: Spoil = ({ body }, { method, url, count }) =>
  method === "GET" && url.endsWith("/qualifications") && count > 3 ? { body: "[]" } : { body };

async function draw(options: Partial<SuiteOptions>, spoil: Spoil) {
  await using mock = await startMock({ clock: "manual" });
  await using server = await spoilingServer(mock.url, spoil);
  const target = { baseUrl: server.url, control: mock.url, timeoutMs: 60_000 };
  return await runSuite({ contract, target, maxResponseTime: 60_000, ...options });
}

/** Returns the seed and path of a replay line. */
function read(line = ""): { seed: number; path: string } {
  const [, seed, path = ""] = /--seed (-?\d+) --path '(.*)'$/.exec(line) ?? [];
  return { seed: Number(seed), path };
}

/** Returns a curl line without the port, which differs between runs. */
function strip(curl = ""): string {
  return curl.replace(/127\.0\.0\.1:\d+/, "");
}

test("shrinks and replays a failing drawn request", async () => {
  const first = await draw({ phases: ["fuzz"], only, seed: 12, time: 30_000 }, trips);
  const [failure] = first.failures;
  expect(failure).toMatchObject({ check: "not_a_server_error", caseId: only });
  expect(failure?.replay).toContain(`--phase fuzz --only '${only}' --seed 12 --path '`);
  // Only the relevant parts of the request remain.
  expect(failure?.curl).toMatch(
    /--data-binary '\{"qualification":"Education","website":"[^"]{3,}"\}'$/,
  );
  expect(failure?.curl.match(/-H /g)).toHaveLength(3);

  const again = await draw({ phases: ["fuzz"], only, ...read(failure?.replay) }, trips);
  expect(again.sent).toBeLessThan(first.sent);
  expect(again.failures.map(({ check }) => check)).toContain("not_a_server_error");
  expect(strip(again.failures[0]?.curl)).toBe(strip(failure?.curl));
}, 240_000);

test("shrinks and replays a failing stateful run", async () => {
  const walk = { phases: ["stateful"], only: "stateful/walk" } as const;
  const first = await draw({ ...walk, seed: 3 }, forgets);
  const [failure] = first.failures;
  expect(failure?.replay).toContain("--phase stateful --only 'stateful/walk' --seed 3 --path '");
  const again = await draw({ ...walk, ...read(failure?.replay) }, forgets);
  expect(again.sent).toBeLessThan(first.sent);
  expect(again.failures.length).toBeGreaterThan(0);
}, 240_000);
