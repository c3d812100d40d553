import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { afterEach, expect, test, vi } from "vitest";
import { createQualificationsClient } from "../src/index.ts";
import { answering } from "./server.ts";
import { customerId } from "./world.ts";

afterEach(() => vi.unstubAllEnvs());

/** A proxy that records requested hosts. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    const { url = "", method, headers } = incoming;
    asked.push(new URL(url).host);
    const outgoing = request(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.dispose]: () => void server.close(),
  };
}

async function listThrough(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  await using server = await answering(200, "[]");
  await using fetch = createNodeFetch();
  const client = createQualificationsClient({
    baseUrl: server.url,
    credential: () => "canary",
    fetch,
  });
  expect(await client.qualifications.list(customerId)).toEqual([]);
  expect(server.received).toHaveLength(1);
  return new URL(server.url).host;
}

test("uses the environment's proxy", async () => {
  using proxy = await startProxy();
  const host = await listThrough({ HTTP_PROXY: proxy.url });
  expect(proxy.asked).toEqual([host]);
});

test("bypasses the proxy for hosts in NO_PROXY", async () => {
  using proxy = await startProxy();
  await listThrough({ HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" });
  expect(proxy.asked).toEqual([]);
});
