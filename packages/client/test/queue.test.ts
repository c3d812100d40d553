import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { createQualificationsClient, type QualificationsClientOptions } from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { customerId, failureOf } from "./world.ts";

// Many calls through few connections: waiting for a connection is not a failure of the service.

const item = { qualification: "Education", vettingStatus: "InReview" };
const education = { qualification: "Education", educationSegment: "K12" } as const;

/** A healthy, slow server that records requests. */
async function serve(ms: number) {
  const received: { method: string; id: string }[] = [];
  let atOnce = 0;
  const most = { atOnce: 0 };
  const server = createServer(async (request, response) => {
    const { method = "", headers } = request;
    received.push({ method, id: String(headers["ms-requestid"]) });
    most.atOnce = Math.max(most.atOnce, ++atOnce);
    await pause(ms, undefined, { ref: false });
    atOnce--;
    response.writeHead(method === "POST" ? 201 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(method === "POST" ? item : [item]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, most };
}

/** Creates clients that share a few connections. */
function clientsOf(baseUrl: string, connections: number) {
  const fetch = createNodeFetch({ connections });
  onTestFinished(() => fetch.close());
  return (options: Partial<QualificationsClientOptions> = {}) =>
    createQualificationsClient({ baseUrl, credential: () => "token", fetch, ...options });
}

test("sends each of 400 calls once through 16 connections", async () => {
  const server = await serve(100);
  // 25 rounds of 100 ms: more than an attempt's timeout, less than a call's.
  const { qualifications } = clientsOf(server.url, 16)({ timeoutMs: 2000 });
  const calls = Array.from({ length: 400 }, (_, index) =>
    index % 2 === 0
      ? qualifications.list(customerId)
      : qualifications.request(customerId, education).then(({ write }) => [write]),
  );
  const results = await Promise.all(calls);
  expect(results.filter(([one]) => one === "created")).toHaveLength(200);
  expect(server.received).toHaveLength(400);
  expect(new Set(server.received.map(({ id }) => id)).size).toBe(400);
  expect(server.most.atOnce).toBe(16);
});

test("counts the wait for a connection against the total timeout", async () => {
  const server = await serve(400);
  const create = clientsOf(server.url, 1);
  const first = create().qualifications.list(customerId);
  const { qualifications } = create({ timeoutMs: 5000, totalTimeoutMs: 200 });
  expect(await failureOf(qualifications.list(customerId))).toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(/^No free connection within \d+ ms$/),
    attempts: 0,
  });
  expect(await first).toHaveLength(1);
});

test.each([
  ["a signal", "aborted"],
  ["the total timeout", "timeout"],
])("reports no write after a queued POST ended by %s", async (how, kind) => {
  const server = await serve(300);
  const create = clientsOf(server.url, 1);
  const busy = create().qualifications.list(customerId);
  const bySignal = how === "a signal";
  const { qualifications } = create(bySignal ? {} : { totalTimeoutMs: 100 });
  const signal = bySignal ? AbortSignal.timeout(100) : undefined;
  const error = await failureOf(qualifications.request(customerId, education, { signal }));
  expect(error).toMatchObject({ kind, write: undefined, continuation: undefined });
  await busy;
  await pause(50);
  expect(server.received.map(({ method }) => method)).toEqual(["GET"]);
});

test("returns a connection after an abort, a reset and an unread body", async () => {
  let answers = 0;
  const server = createServer((request, response) => {
    answers++;
    if (request.url === "/reset") request.socket.destroy();
    else if (request.url !== "/never") response.end("x".repeat(1000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetch = createNodeFetch({ connections: 1 });
  const plain = { method: "GET", headers: {}, redirect: "manual" } as const;
  const controller = new AbortController();
  const aborted = fetch(`${url}/never`, { ...plain, signal: controller.signal });
  await vi.waitFor(() => expect(answers).toBe(1));
  controller.abort(new Error("mine"));
  await expect(aborted).rejects.toThrow("mine");
  await expect(fetch(`${url}/reset`, plain)).rejects.toBeInstanceOf(TypeError);
  expect((await fetch(`${url}/unread`, plain)).status).toBe(200);
  const response = await fetch(`${url}/read`, plain);
  expect(await response.text()).toHaveLength(1000);
  await fetch.close();
});

test("excludes the queue of a custom transport from the attempt", async () => {
  const client = createQualificationsClient({
    baseUrl: "https://partner-center.example",
    credential: () => "token",
    timeoutMs: 100,
    fetch: async (_, { onQueued }) => {
      const begin = onQueued!();
      await pause(200);
      begin();
      return Response.json([item]);
    },
  });
  expect(await client.qualifications.list(customerId)).toEqual([item]);
});

test.each([true, false])(
  "closes the connection of a cancelled body (at once: %j)",
  async (atOnce) => {
    let closed = 0;
    const server = createServer((_, response) => {
      response.on("close", () => closed++);
      response.writeHead(200, { "Content-Length": 2 ** 40 });
      response.write("x".repeat(1000));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const fetch = createNodeFetch({ connections: 1 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    for (let time = 1; time <= 3; time++) {
      const response = await fetch(url, { method: "GET", headers: {}, redirect: "manual" });
      const reader = response.body!.getReader();
      if (!atOnce) await reader.read();
      await reader.cancel();
      await vi.waitFor(() => expect(closed).toBe(time));
    }
    await fetch.close();
  },
);
