import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { document } from "../phases/against-mock.ts";
import { runCommand } from "../run-command.ts";
import { spoilingServer } from "../spoiling-server.ts";

// A run that judged nothing proves nothing, so it must not be green.

const timeout = 240_000;

async function runWith(contract: object, args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    const file = join(folder, "contract.json");
    await writeFile(file, JSON.stringify(contract));
    return await runCommand([...args, "--contract", file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The contract with only its POST. */
const onlyWrites = () => {
  const path = "/v1/customers/{customer_id}/qualifications";
  const { get: _, ...item } = document.paths[path];
  return { ...document, paths: { [path]: item } };
};

const impossible: [what: string, args: string[], contract: object | undefined, says: RegExp][] = [
  [
    "the stateful phase without the mock's clock",
    ["--phase", "stateful", "--no-control"],
    undefined,
    /the phase stateful cannot run: it moves the mock's clock.*--control/,
  ],
  [
    "the stateful phase beside one that can run",
    ["--phase", "examples,stateful", "--no-control"],
    undefined,
    /the phase stateful cannot run/,
  ],
  [
    "the stateful phase when it may only read",
    ["--phase", "stateful", "--read-only"],
    undefined,
    /the phase stateful cannot run: it sends writes.*--read-only/,
  ],
  [
    "the stateful phase for a contract without its operations",
    ["--phase", "stateful"],
    { ...document, paths: { "/v1/customers": document.paths["/v1/customers"] } },
    /the phase stateful cannot run: the contract has no requestQualification/,
  ],
  [
    "the relations phase for a contract without relations",
    ["--phase", "relations"],
    { ...document, "x-relations": undefined },
    /the phase relations cannot run: no relation of the contract/,
  ],
  [
    "a contract without operations",
    [],
    { ...document, paths: {} },
    /the phase examples sent nothing: the contract has no operations/,
  ],
  [
    "a contract of writes when it may only read",
    ["--phase", "fuzz", "--read-only"],
    onlyWrites(),
    /the phase fuzz sent nothing: every operation writes.*--read-only/,
  ],
  [
    "no time to draw anything",
    ["--phase", "fuzz", "--time", "0.000001"],
    undefined,
    /the phase fuzz sent nothing: --time was over/,
  ],
];

const sample = impossible.filter((_, index) => process.env.SWEEPS || index % 3 === 0);

test.each(sample)("exits with 8 for %s", { timeout }, async (_, args, contract, says) => {
  await using mock = await startMock();
  const all = ["--base-url", mock.url, ...args];
  const ran = await (contract ? runWith(contract, all) : runCommand(all));
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(ran.stdout).not.toContain("All held");
  expect(ran.code).toBe(8);
});

test("accepts a contract without relations", { timeout }, async () => {
  await using mock = await startMock();
  const { "x-relations": _, ...plain } = document;
  const path = "/v1/customers/all/validations";
  const small = { ...plain, paths: { [path]: plain.paths[path] } };
  const ran = await runWith(small, ["--base-url", mock.url, "--no-control"]);
  expect(ran.stdout).toContain("All held");
  expect(ran.code).toBe(0);
});

test("exits with 8 when every valid request is refused", { timeout }, async () => {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, ({ headers }) => ({
    status: 403,
    headers,
    body: '{"code":"900150","description":"no rights"}',
  }));
  const ran = await runCommand(["--base-url", server.url, "--phase", "examples"]);
  expect(ran.stderr).toMatch(/none of the \d+ valid requests was accepted; the first got 403/);
  expect(ran.code).toBe(8);
});
