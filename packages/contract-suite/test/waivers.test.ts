import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type Matrix, readContract, readWaivers, runSuite, type Waiver } from "../src/index.ts";

/** One operation with a header in both of its statuses. */
const traced = { headers: { "X-Trace": { schema: { type: "string" } } } };
const contract = readContract({
  openapi: "3.1.0",
  paths: {
    "/thing": { get: { operationId: "read", responses: { 200: traced, 404: traced, 405: {} } } },
  },
});

/** Runs the suite against a server that answers every GET with 200. */
async function matrixOf(headers: Record<string, string>, waivers: Waiver[]): Promise<Matrix> {
  const server = createServer(({ method }, response) => {
    if (method === "GET") response.writeHead(200, headers).end();
    else response.writeHead(405, { allow: "GET" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const target = { baseUrl: `http://127.0.0.1:${port}`, control: false } as const;
    return (await runSuite({ contract, target, phases: ["coverage"], waivers })).matrix;
  } finally {
    server.close();
  }
}

const waivedIn = ({ cells }: Matrix) =>
  cells.filter(({ waived }) => waived !== undefined).map(({ status, header }) => [status, header]);

test("waives the statements matching all members of a waiver", async () => {
  const any: Waiver = { cells: { header: "X-*" }, reason: "only for tracing" };
  const matrix = await matrixOf({}, [any]);
  expect(waivedIn(matrix)).toEqual([
    ["200", "X-Trace"],
    ["404", "X-Trace"],
  ]);
  expect(matrix.stale).toEqual([]);
  const exact: Waiver = { cells: { header: "X-Trace", status: [200, 201] }, reason: "as above" };
  expect(waivedIn(await matrixOf({}, [exact]))).toEqual([["200", "X-Trace"]]);
});

test("reports a waiver of a proved statement", async () => {
  const exact: Waiver = { cells: { header: "X-Trace", status: 200 }, reason: "only for tracing" };
  expect((await matrixOf({ "X-Trace": "a" }, [exact])).stale).toEqual([
    'the waiver {"header":"X-Trace","status":200} is not needed: read 200 X-Trace is covered',
  ]);
});

test("reports a waiver without a matching statement", async () => {
  const gone: Waiver = { cells: { header: "X-Gone" }, reason: "gone" };
  expect((await matrixOf({}, [gone])).stale).toEqual([
    'the waiver {"header":"X-Gone"} matches no statement of the contract',
  ]);
});

test("gives every waiver of this project a reason in a sentence", () => {
  for (const { reason } of readWaivers()) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
});
