import {
  HangingError,
  NothingJudgedError,
  readContract,
  runSuite,
  SeedError,
  type SuiteOptions,
} from "@partner-qualifications/contract-suite";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { asSchema, document, type JsonObject } from "@partner-qualifications/spec/model";
import { describe, beforeEach, expect, test, vi } from "vitest";
import { fewPaths, partOf, reported } from "../phases/against-mock.ts";
import { spoilingServer } from "../spoiling-server.ts";

// Slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const small = readContract(partOf(...fewPaths));

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
  return () => mock.close();
}, 60_000);

type Given = Omit<Partial<SuiteOptions>, "target"> & { target?: Partial<SuiteOptions["target"]> };

/** Runs the suite against a server, by default the mock. */
function run({ target, ...options }: Given = {}, baseUrl = mock.url) {
  return runSuite({
    contract: small,
    target: { baseUrl, timeoutMs: 60_000, ...target },
    maxResponseTime: 60_000,
    ...options,
  });
}

/** The contract with its POST only. */
const onlyWrites = (): JsonObject => {
  const path = "/v1/customers/{customer_id}/qualifications";
  const { get: _, ...item } = asSchema(asSchema(document.paths)[path]);
  return { ...document, paths: { [path]: item } };
};

const impossible: [what: string, given: Given, says: RegExp][] = [
  [
    "the stateful phase without the mock's clock",
    { phases: ["stateful"], target: { control: false } },
    /the phase stateful cannot run: it moves the mock's clock.*--control/,
  ],
  [
    "the stateful phase beside one that can run",
    { phases: ["examples", "stateful"], target: { control: false } },
    /the phase stateful cannot run/,
  ],
  [
    "the stateful phase when it may only read",
    { phases: ["stateful"], target: { readOnly: true } },
    /the phase stateful cannot run: it sends writes.*--read-only/,
  ],
  [
    "the stateful phase for a contract without its operations",
    { phases: ["stateful"], contract: readContract(partOf("/v1/customers")) },
    /the phase stateful cannot run: the contract has no requestQualification/,
  ],
  [
    "the relations phase for a contract without relations",
    { phases: ["relations"], contract: readContract({ ...document, "x-relations": {} }) },
    /the phase relations cannot run: no relation of the contract/,
  ],
  [
    "a contract without operations",
    { contract: readContract(partOf()) },
    /the phase examples sent nothing: the contract has no operations/,
  ],
  [
    "a contract of writes when it may only read",
    { phases: ["fuzz"], target: { readOnly: true }, contract: readContract(onlyWrites()) },
    /the phase fuzz sent nothing: every operation writes.*--read-only/,
  ],
  [
    "no time to draw anything",
    { phases: ["fuzz"], time: 0 },
    /the phase fuzz sent nothing: --time ran out/,
  ],
];

describe("a hanging server", () => {
  test("reports a hanging request and sends the others", async () => {
    await using server = await spoilingServer(mock.url, (_, { count }) =>
      count === 3 ? "hang" : undefined,
    );
    const { failures } = await run(
      { phases: ["examples"], target: { timeoutMs: 1000 } },
      server.url,
    );
    expect(reported(failures).join("\n")).toMatch(
      /not_a_server_error, \w+: no response: timed out after 1 s/,
    );
    expect(server.asked.length).toBeGreaterThan(8);
  });

  test("stops at a server hanging from the start", async () => {
    await using server = await spoilingServer(mock.url, () => "hang");
    const given = { phases: ["examples"], target: { timeoutMs: 200, control: false } } as const;
    await expect(run(given, server.url)).rejects.toThrow(HangingError);
  });
});

describe("the rate", () => {
  test("sends no faster than the rate allows", async () => {
    const only = "coverage/requestQualification/replay/education";
    const { sent, took } = await run({ phases: ["coverage"], only, target: { rate: 50 } });
    expect(sent).toBeGreaterThan(5);
    expect(took).toBeGreaterThan((sent - 1) * 20);
  });

  test("waits for Retry-After after a 429", async () => {
    await using slow = await startMock({ throttle: { partner: { requests: 8, per: "PT1S" } } });
    const { failures, exchanges } = await run({ phases: ["examples"] }, slow.url);
    expect(reported(failures)).toEqual([]);
    expect(exchanges.some(({ answer }) => answer?.status === 429)).toBe(true);
  });

  test("reports a Retry-After shorter than the real wait", async () => {
    await using server = await spoilingServer(mock.url, (_, { count }) =>
      count < 2 ? { status: 429, headers: { "retry-after": "0" } } : undefined,
    );
    const { failures } = await run({ phases: ["examples"] }, server.url);
    expect(reported(failures).join("\n")).toMatch(
      /retry_after_tells_the_truth, .*: 429 again after the 0 s/,
    );
  });
});

describe("a run", () => {
  test("sends only reads to another host by default", async () => {
    // This address leads to this machine, but its name does not say so.
    await using server = await spoilingServer(mock.url, () => {}, { host: "0.0.0.0" });
    const target = { control: mock.url, rate: 100_000 };
    const { failures } = await run({ target }, server.url);
    expect(reported(failures)).toEqual([]);
    expect(server.asked.length).toBeGreaterThan(100);
    const methods = new Set(server.asked.map(({ method }) => method));
    expect([...methods].toSorted()).toEqual(["GET", "OPTIONS", "TRACE"]);
  });

  test("sends the same requests from the same seed", async () => {
    const phases = process.env.SWEEPS ? (["fuzz", "stateful"] as const) : (["stateful"] as const);
    const drawn = async () => {
      await using other = await startMock();
      const { exchanges, seed, failures, drawings } = await run(
        { phases, maxCases: process.env.SWEEPS ? 32 : 8, seed: 77 },
        other.url,
      );
      expect(reported(failures)).toEqual([]);
      expect(seed).toBe(77);
      expect(drawings.map(({ wasCut }) => wasCut)).not.toContain(true);
      return exchanges.map(({ request: { method, url, headers, body } }) => {
        const { pathname, search } = new URL(url);
        return { method, address: pathname + search, headers, body };
      });
    };
    const first = await drawn();
    expect(first.length).toBeGreaterThan(50);
    expect(await drawn()).toEqual(first);
  });

  // A run that judged nothing proves nothing, so it must not pass.
  test.each(impossible)("rejects %s", async (_, given, says) => {
    const error = await run(given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NothingJudgedError);
    expect((error as Error).message).toMatch(says);
  });

  test("rejects a service after it refuses every valid request", async () => {
    await using server = await spoilingServer(mock.url, ({ headers }) => ({
      status: 403,
      headers,
      body: '{"code":"900150","description":"no rights"}',
    }));
    await expect(run({ phases: ["examples"] }, server.url)).rejects.toThrow(
      /none of the \d+ valid requests was accepted; the first got 403/,
    );
  });

  test("accepts a contract without relations", async () => {
    const { "x-relations": _, ...plain } = partOf("/v1/customers/all/validations");
    const { failures } = await run({ contract: readContract(plain), target: { control: false } });
    expect(reported(failures)).toEqual([]);
  });

  test("rejects a path of another seed", async () => {
    const given = {
      phases: ["fuzz"],
      only: "fuzz/getCustomer/valid",
      seed: 1,
      path: "x:y",
    } as const;
    await expect(run(given)).rejects.toThrow(SeedError);
    await expect(run(given)).rejects.toThrow("--path x:y does not exist for this seed");
  });
});
