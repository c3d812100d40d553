import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import crossFetch from "cross-fetch";
import nodeFetch3 from "node-fetch";
// @ts-expect-error -- no types; those of @types/node-fetch conflict with exactOptionalPropertyTypes
import nodeFetch2 from "node-fetch2";
import createClient, { type Middleware } from "openapi-fetch";
import { fetch as undiciFetch } from "undici";
import { fetch as undici7Fetch } from "undici7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpClient, type paths } from "../src/http/index.ts";
import {
  createQualificationsClient,
  type Fetch,
  type QualificationsClientOptions,
} from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// Every `fetch` for the client, and every library that accepts the client's.

const path = "/v1/customers/{customer_id}/qualifications";
const params = { path: { customer_id: customerId } };
const item = { qualification: "Education", vettingStatus: "InReview" };
const education = { qualification: "Education", educationSegment: "K12" } as const;

const failedOnce = new Set<string>();
const received: string[] = [];
/** The end of a customer's id selects the server's behavior. */
const server = createServer(async (request, response) => {
  const id = String(request.headers["ms-requestid"]);
  let body = "";
  for await (const chunk of request) body += String(chunk);
  received.push(`${request.method} ${request.headers.authorization} ${body}`);
  const [, how = "0"] = /(\d+)\/qualifications/.exec(request.url ?? "") ?? [];
  const answer = (status: number, text: string, headers = {}) =>
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(text);
  if (how.endsWith("503") && !failedOnce.has(id)) {
    failedOnce.add(id);
    return answer(503, "");
  }
  if (how.endsWith("403")) return answer(403, '{"code":"20002","description":"No"}');
  if (how.endsWith("302")) return answer(302, "", { Location: "/elsewhere" });
  if (how.endsWith("777")) return request.socket.destroy();
  if (how.endsWith("888")) {
    // Without a length, so that the client reads a stream.
    response.writeHead(200, { "Content-Type": "application/json" });
    return Readable.from(Array<string>(64).fill(" ".repeat(1024 * 1024))).pipe(response);
  }
  if (how.endsWith("999")) return undefined;
  if (request.method === "POST") return answer(201, JSON.stringify(item));
  // Without a length, and with a byte order mark.
  response.writeHead(200, { "Content-Type": "application/json" });
  response.write("\ufeff");
  return response.end(JSON.stringify([item]));
});
const customer = (how: string) => `00000000-0000-4000-8000-${how.padStart(12, "0")}`;

let baseUrl: string;
const ours = createNodeFetch();
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await ours.close();
  server.closeAllConnections();
  server.close();
});

// Typed as by its own types, which is part of the test.
const carriers: Record<string, Fetch> = {
  "the global fetch": fetch,
  "the Node transport": ours,
  undici: undiciFetch,
  "undici 7": undici7Fetch,
  "node-fetch 3": nodeFetch3,
  "node-fetch 2": nodeFetch2,
  "cross-fetch": crossFetch,
};

describe.each(Object.entries(carriers))("a client on %s", (_, carrier) => {
  const create = (options: Partial<QualificationsClientOptions> = {}) =>
    createQualificationsClient({
      baseUrl,
      credential: () => "canary",
      fetch: carrier,
      runtime: new FakeClock(),
      ...options,
    });

  test("reads a list and sends a request", async () => {
    const { qualifications } = create();
    expect(await qualifications.list(customer("1"))).toEqual([item]);
    received.length = 0;
    expect((await qualifications.request(customer("1"), education)).write).toBe("created");
    expect(received).toEqual([`POST Bearer canary ${JSON.stringify(education)}`]);
  });

  test("retries a 503 and reports a 403 with its code", async () => {
    const { qualifications } = create();
    expect(await qualifications.list(customer("503"))).toEqual([item]);
    const error = await failureOf(qualifications.list(customer("403")));
    expect(error).toMatchObject({ kind: "permission", code: "20002", description: "No" });
  });

  test("does not follow a redirect", async () => {
    const error = await failureOf(create().qualifications.list(customer("302")));
    expect(error).toMatchObject({ kind: "unexpectedResponse", status: 302, attempts: 1 });
  });

  test("distinguishes a lost connection, a timeout and an abort", async () => {
    const retry = { maxAttempts: 1 };
    expect(await failureOf(create({ retry }).qualifications.list(customer("777")))).toMatchObject({
      kind: "connection",
    });
    const { qualifications } = create({ timeoutMs: 100, retry });
    expect(await failureOf(qualifications.list(customer("999")))).toMatchObject({
      kind: "timeout",
    });
    const signal = AbortSignal.timeout(20);
    expect(await failureOf(qualifications.list(customer("999"), { signal }))).toMatchObject({
      kind: "aborted",
    });
  });

  test("stops reading at the response limit", async () => {
    expect(await failureOf(create().qualifications.list(customer("888")))).toMatchObject({
      kind: "unexpectedResponse",
      message: expect.stringContaining("larger than"),
      attempts: 1,
    });
  });

  test("reports no write after a POST to a closed port", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { qualifications } = create({ baseUrl: `http://127.0.0.1:${port}` });
    expect(await failureOf(qualifications.request(customerId, education))).toMatchObject({
      kind: "connection",
      message: expect.stringContaining("ECONNREFUSED"),
      write: undefined,
    });
  });

  test("returns a Response from client.fetch", async () => {
    const response = await create().fetch(`${baseUrl}/v1/customers/${customerId}/qualifications`);
    expect(response).toBeInstanceOf(Response);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.url).toContain("/v1/customers/");
    expect(await response.clone().json()).toEqual([item]);
    expect(await response.json()).toEqual([item]);
  });

  test("returns a body for repeated reads, in every form", async () => {
    const address = `${baseUrl}/v1/customers/${customerId}/qualifications`;
    const response = await create().fetch(address);
    const text = JSON.stringify([item]);
    for (let time = 0; time < 2; time++) {
      expect(await response.text()).toBe(text);
      expect(Buffer.from(await response.bytes()).toString()).toBe(text);
      expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(text);
      expect(await (await response.blob()).text()).toBe(text);
      expect((await response.blob()).type).toBe("application/json");
      await expect(response.formData()).rejects.toBeInstanceOf(TypeError);
      expect(await new Response(response.body).text()).toBe(text);
      expect(await new Response(response.body, response).json()).toEqual([item]);
    }
  });

  test("runs the middleware from openapi-fetch's documentation", async () => {
    const http = createHttpClient(create());
    http.use(documented);
    const { data, response } = await http.GET(path, { params });
    expect(data).toEqual([item]);
    expect(response.status).toBe(200);
  });
});

const documented: Middleware = {
  async onRequest({ request }) {
    request.headers.set("foo", "bar");
    return request;
  },
  async onResponse({ response }) {
    const { body, ...resOptions } = response;
    return new Response(body, { ...resOptions, status: 200 });
  },
};

test.each<[string, Middleware]>([
  ["returns the request", { onRequest: ({ request }) => request }],
  ["returns a copy", { onRequest: ({ request }) => new Request(request) }],
  ["returns a clone", { onRequest: ({ request }) => request.clone() }],
  [
    "returns a copy with headers",
    { onRequest: ({ request }) => new Request(request, { headers: request.headers }) },
  ],
  [
    "reads the body of a clone",
    { onRequest: async ({ request }) => void (await request.clone().json()) },
  ],
  ["returns the response", { onResponse: ({ response }) => response }],
  [
    "returns another response",
    { onResponse: ({ response }) => new Response(response.body, response) },
  ],
])("runs a middleware that %s, for all calls or one", async (_, middleware) => {
  const body = { qualification: "StateOwnedEntity" } as const;
  for (const forAll of [true, false]) {
    const { client, sent } = world([json(item, 201)]);
    const http = createHttpClient(client);
    if (forAll) http.use(middleware);
    const own = forAll ? {} : { middleware: [middleware] };
    const { data } = await http.POST(path, { params, body, ...own });
    expect(data).toEqual(item);
    expect(sent[0]).toMatchObject({ method: "POST", body: JSON.stringify(body) });
    const request = await http.request("post", path, { params, body, ...own });
    expect(request.data).toEqual(item);
  }
});

describe("client.fetch", () => {
  const address = `https://partner-center.example${path.replace("{customer_id}", customerId)}`;
  const body = JSON.stringify(education);
  const headers = { "MS-CorrelationId": customerId, "Content-Type": "application/json" };
  const init = { method: "POST", headers, body };
  const light = { url: address, method: "POST", headers: new Headers(headers), body };

  test.each<[string, Parameters<ReturnType<typeof world>["client"]["fetch"]>]>([
    ["an address and an init", [address, init]],
    ["a URL and an init", [new URL(address), init]],
    ["headers of the web", [address, { ...init, headers: new Headers(headers) }]],
    ["headers as pairs", [address, { ...init, headers: Object.entries(headers) }]],
    ["a method in lower case", [address, { ...init, method: "post" }]],
    ["a request", [new Request(address, init)]],
    ["a request and an init", [new Request(address, { ...init, body: "lost" }), init]],
    ["an object like a request", [light]],
  ])("takes %s", async (_, given) => {
    const { client, sent } = world([json({}, 503), json(item, 201)]);
    const response = await client.fetch(...given);
    expect(response).toBeInstanceOf(Response);
    expect(await response.json()).toEqual(item);
    expect(sent).toHaveLength(2);
    for (const one of sent) {
      expect(one).toMatchObject({
        url: address,
        method: "POST",
        body,
        headers: { "ms-correlationid": customerId, authorization: "Bearer canary-token" },
      });
    }
  });

  test("accepts an address alone", async () => {
    const { client, sent } = world([json([item])]);
    expect(await (await client.fetch(address)).json()).toEqual([item]);
    expect(sent[0]).toMatchObject({ url: address, method: "GET", body: undefined });
  });

  test("rejects when the signal of its init aborts", async () => {
    const { client } = world([json([item])]);
    const signal = AbortSignal.abort(new Error("mine"));
    expect(await failureOf(client.fetch(address, { signal }))).toMatchObject({
      kind: "aborted",
      original: { message: "mine" },
    });
  });

  test("carries the requests of another openapi-fetch client", async () => {
    const { client, sent } = world([json([item])]);
    const http = createClient<paths>({ baseUrl: client.baseUrl, fetch: client.fetch });
    http.use(documented);
    const { data } = await http.GET(path, { params });
    expect(data).toEqual([item]);
    expect(sent[0]?.headers["foo"]).toBe("bar");
  });

  test("sends nothing to another address", async () => {
    const { client, sent } = world([json([item])]);
    expect(await failureOf(client.fetch("https://elsewhere.example/v1", init))).toMatchObject({
      argument: "baseUrl",
    });
    expect(sent).toEqual([]);
  });
});
