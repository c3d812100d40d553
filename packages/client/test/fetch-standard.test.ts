import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNodeFetch, type NodeFetch } from "../src/node/index.ts";

// `createNodeFetch` is a `fetch`: it treats requests exactly like the global one.

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url, headers } = request;
  const status = Number(/^\/status\/(\d+)/.exec(url!)?.[1] ?? 200);
  if (url === "/reset") return request.socket.destroy();
  if (url === "/never") return undefined;
  if (status >= 300 && status < 400) {
    response.writeHead(status, { Location: "/moved?to=here#there", "X-Answer": "moved" });
    return response.end("moved");
  }
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "X-Answer": ["a", "b"],
    "Set-Cookie": ["one=1", "two=2"],
  });
  if (method === "HEAD" || [204, 304].includes(status)) return response.end();
  const body = Buffer.concat(chunks).toString("latin1");
  const boundary = /boundary=(\S+)/.exec(headers["content-type"] ?? "")?.[1];
  const echo = {
    method,
    url,
    body: boundary ? body.replaceAll(boundary, "boundary") : body,
    type: headers["content-type"]?.replace(boundary ?? "no boundary", "boundary") ?? null,
    test: headers["x-test"] ?? null,
  };
  return response.end(JSON.stringify(echo));
});

let base: string;
let nodeFetch: NodeFetch;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  nodeFetch = createNodeFetch();
});
afterAll(async () => {
  await nodeFetch.close();
  server.closeAllConnections();
  server.close();
});

type Given = () => [input: string | URL | Request, init?: RequestInit];
const plain = { method: "GET", headers: {}, redirect: "manual" } as const;
const form = () => {
  const data = new FormData();
  data.set("name", "Ümlaut");
  data.set("file", new Blob(["\u0001"]), "file.bin");
  return data;
};
const stream = () => new Blob(["streamed"]).stream();

const requests: Record<string, Given> = {
  "an address alone": () => [`${base}/a?b=c`],
  "an address with a fragment": () => [`${base}/a#fragment`, plain],
  "an address without a path": () => [base, plain],
  "an address that is not normalized": () => [`${base}/a/../b/./c\\d é`, plain],
  "a URL": () => [new URL("/a?b", base)],
  "a request": () => [new Request(`${base}/a`, { method: "PUT", body: "text" })],
  "a request with an init": () => [
    new Request(`${base}/a`, { method: "PUT", headers: { "X-Test": "lost" }, body: "lost" }),
    { method: "POST", headers: { "x-test": "kept" }, body: "kept" },
  ],
  "a method in lower case": () => [`${base}/a`, { method: "post", body: "x" }],
  "a method in lower case, written plainly": () => [`${base}/a`, { ...plain, method: "get" }],
  "headers of the web": () => [`${base}/a`, { headers: new Headers({ "X-Test": "yes" }) }],
  "headers as pairs": () => [`${base}/a`, { ...plain, headers: [["X-Test", "yes"]] }],
  "a text": () => [`${base}/a`, { ...plain, method: "POST", body: "text ü" }],
  "a text with its type": () => [
    `${base}/a`,
    { ...plain, method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
  ],
  parameters: () => [`${base}/a`, { method: "POST", body: new URLSearchParams({ a: "b c" }) }],
  bytes: () => [`${base}/a`, { method: "POST", body: new Uint8Array([0, 255]) }],
  "a blob": () => [`${base}/a`, { method: "POST", body: new Blob(["x"], { type: "text/x" }) }],
  "a form": () => [`${base}/a`, { method: "POST", body: form() }],
  "a stream": () => [
    `${base}/a`,
    { method: "POST", body: stream(), duplex: "half" } as RequestInit,
  ],
  "a status without a body": () => [`${base}/status/204`, plain],
  "a status without a body, the long way": () => [`${base}/status/304`],
  HEAD: () => [`${base}/a`, { ...plain, method: "HEAD" }],
  "a failure": () => [`${base}/status/503`, plain],
  "a redirect": () => [`${base}/status/302`],
  "a redirect of a POST": () => [`${base}/status/303`, { method: "POST", body: "x" }],
  "a redirect that keeps the method": () => [`${base}/status/307`, { method: "POST", body: "x" }],
  "a redirect that is left alone": () => [`${base}/status/302`, plain],
};

/** Returns everything that a response shows, and the result of each way to read it. */
async function show(response: Response) {
  const { status, statusText, ok, redirected, type, url, headers, bodyUsed } = response;
  const copies = Array.from({ length: 4 }, () => response.clone());
  const reader = copies[0]!.body?.getReader();
  const first = await reader?.read();
  // Not awaited: it settles when the other copies are read.
  void reader?.cancel();
  const shown = [...headers].filter(([name]) => !/^(date|connection|keep-alive)$/.test(name));
  return {
    status,
    statusText,
    ok,
    redirected,
    type,
    url,
    bodyUsed,
    headers: shown,
    answer: [headers.get("X-ANSWER"), headers.has("x-answer"), headers.getSetCookie()],
    isBody: first && first.value instanceof Uint8Array,
    bytes: Buffer.from(await copies[1]!.arrayBuffer()).toString(),
    blob: (await copies[2]!.blob()).type,
    clone: [copies[3]!.status, copies[3]!.url, copies[3] instanceof Response],
    text: await response.text(),
    isUsed: response.bodyUsed,
  };
}

test.each(Object.entries(requests))("carries %s as the global fetch does", async (_, given) => {
  const expected = await show(await fetch(...given()));
  expect(await show(await nodeFetch(...given()))).toEqual(expected);
});

function later(reason: unknown): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  return controller.signal;
}

const failures: Record<string, Given> = {
  "an invalid address": () => ["/a"],
  "an invalid address, written plainly": () => ["/a", plain],
  "an address with a password": () => [base.replace("//", "//user:secret@"), plain],
  "another scheme": () => ["ftp://127.0.0.1/", plain],
  "a GET with a body": () => [base, { ...plain, body: "x" }],
  "an invalid header": () => [`${base}/a`, { ...plain, headers: { "x-test": "a\nb" } }],
  "a lost connection": () => [`${base}/reset`, plain],
  "a redirect that is refused": () => [`${base}/status/302`, { redirect: "error" }],
  "a signal that is aborted": () => [
    `${base}/a`,
    { ...plain, signal: AbortSignal.abort(new RangeError("mine")) },
  ],
  "a signal that aborts": () => [`${base}/never`, { ...plain, signal: AbortSignal.timeout(20) }],
  "a signal whose reason is no error": () => [`${base}/never`, { ...plain, signal: later("mine") }],
  "a signal that aborts the long way": () => [`${base}/never`, { signal: AbortSignal.timeout(20) }],
};

test.each(Object.entries(failures))("rejects %s as the global fetch does", async (_, given) => {
  const nameOf = async (send: typeof globalThis.fetch) =>
    (send(...given()) as Promise<unknown>).then(
      () => "no rejection",
      (error: Error | string) => (typeof error === "string" ? error : error.name),
    );
  const expected = await nameOf(fetch);
  expect(expected).toMatch(/Error$|^mine$/);
  expect(await nameOf(nodeFetch)).toBe(expected);
});

describe.each([
  ["the short way", plain],
  ["the long way", {}],
])("a response over %s", (_, init) => {
  test("returns a Response with Headers in every member", async () => {
    const response = await nodeFetch(`${base}/a`, init);
    expect(response).toBeInstanceOf(Response);
    expect(response.headers).toBeInstanceOf(Headers);
    const real = await fetch(`${base}/a`);
    for (const [ours, its] of [
      [response, real],
      [response.headers, real.headers],
    ] as [object, object][]) {
      for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(its))) {
        expect(typeof Reflect.get(ours, name), name).toBe(typeof Reflect.get(its, name));
      }
    }
    await real.text();
    await response.text();
  });

  test("returns a response for a single read", async () => {
    for (const first of ["text", "json", "arrayBuffer", "bytes"] as const) {
      const response = await nodeFetch(`${base}/a`, init);
      await response[first]();
      expect(response.bodyUsed).toBe(true);
      await expect(response.text()).rejects.toBeInstanceOf(TypeError);
      await expect(response.json()).rejects.toBeInstanceOf(TypeError);
      expect(() => response.clone()).toThrow(TypeError);
    }
  });

  test("returns a response for middleware to rebuild", async () => {
    const response = await nodeFetch(`${base}/a`, init);
    const { body, ...rest } = response;
    const other = new Response(body, { ...rest, headers: response.headers, status: 202 });
    expect([other.status, other.headers.get("x-answer")]).toEqual([202, "a, b"]);
    expect(await other.json()).toMatchObject({ method: "GET" });
  });
});

test.each(["set", "append", "delete"] as const)(
  "refuses to %s a response header",
  async (change) => {
    for (const send of [fetch, nodeFetch]) {
      const { headers } = await send(`${base}/status/204`, plain);
      expect(() => headers[change]("a", "b")).toThrow(TypeError);
    }
  },
);

test("closes twice, and throws afterwards", async () => {
  const own = createNodeFetch();
  await (await own(`${base}/a`, plain)).text();
  await Promise.all([own.close(), own.close()]);
  await own.close();
  await own[Symbol.asyncDispose]();
  expect(() => own(`${base}/a`, plain)).toThrow(/closed: create another/);
});

test("closes after all pending responses", async () => {
  const own = createNodeFetch({ connections: 1 });
  const texts = [1, 2, 3].map(async () => (await own(`${base}/a`, plain)).text());
  await own.close();
  expect(await Promise.all(texts)).toHaveLength(3);
});

test.each([
  ["connections", { connections: 0 }],
  ["connections", { connections: "16" }],
  ["keepAliveMs", { keepAliveMs: -1 }],
  ["options.keepAlive", { keepAlive: 5 }],
])("rejects an invalid option %s", (argument, options) => {
  expect(() => createNodeFetch(options as never)).toThrow(expect.objectContaining({ argument }));
});
