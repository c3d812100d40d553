import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as zlib from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { createQualificationsClient, type Fetch } from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { customerId, failureOf } from "./world.ts";

// Gateways compress even unrequested.

const encoders: Record<string, (text: string | Buffer) => Buffer> = {
  gzip: zlib.gzipSync,
  "X-GZip": zlib.gzipSync,
  deflate: zlib.deflateSync,
  "deflate, in its raw form": zlib.deflateRawSync,
  br: zlib.brotliCompressSync,
  "gzip, br": (text) => zlib.brotliCompressSync(zlib.gzipSync(text)),
  identity: Buffer.from,
};
const headerOf = (name: string) => name.split(", in ")[0]!;

/** 200 MiB of spaces each, compressed once. */
const bombs: Record<string, () => Buffer> = {
  gzip: once(() => zlib.gzipSync(spaces(), { level: 1 })),
  "deflate, in its raw form": once(() => zlib.deflateRawSync(spaces(), { level: 1 })),
  br: once(() => zlib.brotliCompressSync(spaces(), fast)),
  "gzip, br": once(() => zlib.brotliCompressSync(bombs["gzip"]!(), fast)),
};
const spaces = () => Buffer.alloc(200 * 1024 * 1024, " ");
const fast = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined;
  return () => (made ??= make());
}

async function serve(status: number, encoding: string, body: Buffer) {
  const server = createServer((_, response) => {
    response.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Encoding": encoding,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function nodeFetch() {
  const fetch = createNodeFetch();
  onTestFinished(() => fetch.close());
  return fetch;
}

const clientOf = (baseUrl: string, fetch: Fetch) =>
  createQualificationsClient({ baseUrl, fetch, credential: () => "token" }).qualifications;

const items = [{ qualification: "Education", vettingStatus: "InReview", note: "ü".repeat(70_000) }];
const transports: [string, () => Fetch][] = [
  ["the global fetch", () => globalThis.fetch],
  ["the Node transport", nodeFetch],
];

describe.each(transports)("over %s", (_, transport) => {
  test.each(Object.keys(encoders))("reads a list in %s", async (name) => {
    const url = await serve(200, headerOf(name), encoders[name]!(JSON.stringify(items)));
    expect(await clientOf(url, transport()).list(customerId)).toEqual(items);
  });

  test.each(Object.keys(encoders))("reads the code of a 403 in %s", async (name) => {
    const body = encoders[name]!(JSON.stringify({ code: "20002", description: "No" }));
    const url = await serve(403, headerOf(name), body);
    expect(await failureOf(clientOf(url, transport()).list(customerId))).toMatchObject({
      kind: "permission",
      code: "20002",
      description: "No",
    });
  });

  test.each(Object.keys(bombs))(
    "stops decoding a %s bomb at the limit of a response",
    async (name) => {
      const most = 16 * 1024 * 1024;
      const url = await serve(200, headerOf(name), bombs[name]!());
      const before = process.memoryUsage();
      const error = await failureOf(clientOf(url, transport()).list(customerId));
      const after = process.memoryUsage();
      expect(error).toMatchObject({ kind: "unexpectedResponse", attempts: 1 });
      expect(error.message).toContain(String(most));
      const held = after.heapUsed + after.external - before.heapUsed - before.external;
      expect(held).toBeLessThan(8 * most);
    },
  );

  test("reports a body with the wrong coding as a lost connection", async () => {
    const url = await serve(200, "gzip", Buffer.from("[]"));
    const client = createQualificationsClient({
      baseUrl: url,
      fetch: transport(),
      credential: () => "token",
      retry: { maxAttempts: 1 },
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      kind: "connection",
    });
  });
});

test("leaves a body with an unknown coding unchanged", async () => {
  const url = await serve(200, "made-up", Buffer.from(JSON.stringify(items)));
  expect(await clientOf(url, nodeFetch()).list(customerId)).toEqual(items);
});

test("rejects a body with more than five codings", async () => {
  const url = await serve(200, Array(6).fill("gzip").join(), Buffer.from("x"));
  const response = await nodeFetch()(`${url}/`, { method: "GET", headers: {}, redirect: "manual" });
  await expect(response.text()).rejects.toThrow("6 content codings; at most 5 are decoded");
});
