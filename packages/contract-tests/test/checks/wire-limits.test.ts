import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { readContract, runSuite, type SuiteResult } from "@partner-qualifications/contract-suite";
import { partOf, reported } from "../phases/against-mock.ts";
import { runWith } from "../run-command.ts";
import {
  type Asked,
  type Spoil,
  type SpoilingOptions,
  spoilingServer,
} from "../spoiling-server.ts";

// Contracts count characters, gateways count bytes. A gateway may refuse a request longer than every
// gateway accepts.

const timeout = 240_000;
const refuse = (status: number) => ({ status, headers: { "content-type": "text/html" }, body: "" });

/** Limits the start line and the headers, like nginx. */
function limit(bytes: number): Spoil {
  return (_, { url, headers }: Asked) => {
    if (url.length > bytes) return refuse(414);
    return JSON.stringify(headers).length > bytes ? refuse(431) : undefined;
  };
}

/** The operation with the longest parameters. */
const small = partOf("/v1/customers");

async function coverage(spoil: Spoil, options: SpoilingOptions = {}): Promise<SuiteResult> {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, spoil, options);
  const target = { baseUrl: server.url, control: false, timeoutMs: 60_000 } as const;
  const contract = readContract(small);
  return await runSuite({ contract, target, phases: ["coverage"], maxResponseTime: 60_000 });
}

test("does not judge requests too long for a Node server", { timeout }, async () => {
  const { failures, tooLong } = await coverage(() => {}, { maxHeaderSize: 16 * 1024 });
  expect(reported(failures)).toEqual([]);
  expect(tooLong).toBeGreaterThan(0);
});

test("prints the number of requests too long for nginx", { timeout }, async () => {
  const { exchanges, tooLong } = await coverage(limit(8192));
  const long = exchanges.filter(({ answer }) => answer?.status === 414);
  expect(long).toHaveLength(tooLong);

  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, limit(8192));
  const args = ["--base-url", server.url, "--no-control", "--phase", "coverage"];
  const ran = await runWith(small, [...args, "--only", long[0]?.case.id ?? ""]);
  expect(ran.stdout).toMatch(
    /1 requests? of more than 8192 bytes \(address and headers\) got 414 or 431 and were not judged/,
  );
  expect(ran.stdout).toContain("All passed");
  expect(ran.code).toBe(0);
});

test("reports a gateway limit below 8 kB", { timeout }, async () => {
  const { failures } = await coverage(limit(2000));
  expect(reported(failures).join("\n")).toMatch(/positive_data_acceptance.*: 414 for/);
});
