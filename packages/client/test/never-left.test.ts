import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { describe, expect, onTestFinished, test } from "vitest";
import { createQualificationsClient, type Fetch, type PartnerCenterError } from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf } from "./world.ts";

// Over real sockets: a request that was never sent is known not to be written; others can be continued.

const education = { qualification: "Education", educationSegment: "K12" } as const;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const transports: [string, () => Fetch][] = [
  ["the global fetch", () => (url, init) => fetch(url, init)],
  [
    "the Node transport",
    () => {
      const nodeFetch = createNodeFetch();
      onTestFinished(() => nodeFetch.close());
      return nodeFetch;
    },
  ],
];

function clientOf(baseUrl: string, transport: Fetch) {
  const sent: string[] = [];
  const clock = new FakeClock();
  const client = createQualificationsClient({
    baseUrl,
    credential: () => "canary-token",
    runtime: clock,
    fetch: (url, init) => {
      sent.push(init.method ?? "");
      return transport(url, init);
    },
  });
  return { client, clock, sent };
}

describe.each(transports)("over %s", (_, transport) => {
  test("reports a closed port as a connection error, not as an unknown write", async () => {
    const { client, sent } = clientOf(await closedPort(), transport());
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "connection", write: undefined, continuation: undefined });
    expect(error.message).toContain("ECONNREFUSED");
    // A server may listen there a moment later, so the client retries; no list can show the request.
    expect(sent).toEqual(["POST", "POST", "POST", "POST"]);
  });

  test("reports an unknown host as a connection error, not as an unknown write", async () => {
    const { client, sent } = clientOf("https://partner-center.invalid", transport());
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "connection", write: undefined });
    expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(sent).not.toContain("GET");
  });

  test("sends one request to a server with an untrusted certificate", async () => {
    let received = 0;
    const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
    const server = createTlsServer({ key, cert }, () => void received++);
    const { client, sent } = clientOf(`https://127.0.0.1:${await listen(server)}`, transport());
    const error = await failureOf(client.qualifications.request(customerId, education));
    expect(error).toMatchObject({ kind: "connection", attempts: 1, write: undefined });
    expect(error.message).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY|CERT_/);
    expect(sent).toEqual(["POST"]);
    expect(received).toBe(0);
  });

  test("continues a request with all responses lost", async () => {
    const clock = { now: () => 0 };
    const written: string[] = [];
    let answers = false;
    const server = createServer(async (request, response) => {
      await text(request);
      const { method, headers } = request;
      const reply = (status: number, body: unknown) => {
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(JSON.stringify(body));
      };
      if (method === "POST") {
        const id = String(headers["ms-requestid"]);
        const isNew = !written.includes(id);
        if (isNew) written.push(id);
        if (answers) return reply(isNew ? 201 : 409, { code: "800002" });
        return request.socket.destroy();
      }
      if (!answers) return reply(503, {});
      const vettingCreateDate = new Date(clock.now() - 2500).toISOString();
      return reply(200, [{ ...education, vettingStatus: "InReview", vettingCreateDate }]);
    });
    const made = clientOf(`http://127.0.0.1:${await listen(server)}`, transport());
    clock.now = made.clock.now;
    const { qualifications } = made.client;
    const error = await failureOf(qualifications.request(customerId, education));
    expect(error).toMatchObject({ write: "unknown", continuation: { requestId: error.requestId } });
    answers = true;
    made.clock.advance(2500);
    const { continuation } = error as unknown as PartnerCenterError;
    const vetting = await qualifications.request(customerId, education, continuation);
    expect(vetting).toMatchObject({ write: "found", requestId: error.requestId });
    expect(written).toEqual([error.requestId]);
  });
});

test("restores a continuation from JSON in another process", async () => {
  const { client } = clientOf(await closedPort(), async () => {
    throw new TypeError("reset");
  });
  const error = await failureOf(client.qualifications.request(customerId, education));
  const { continuation } = JSON.parse(JSON.stringify(error)) as PartnerCenterError;
  expect(continuation).toEqual({
    requestId: error.requestId,
    correlationId: error.correlationId,
    sentAt: expect.any(Number),
  });
  const again = await failureOf(client.qualifications.request(customerId, education, continuation));
  // The time of the first request stays, however often it is continued.
  expect(again.continuation).toEqual(continuation);
});

test("keeps a continued request unknown until the service shows its outcome", async () => {
  const statuses = [409, 400, 429];
  for (const status of statuses) {
    const { client } = clientOf("https://partner-center.example", async (_, { method }) =>
      method === "GET" ? Response.json([]) : Response.json({ code: "1" }, { status }),
    );
    const continuation = { requestId: crypto.randomUUID(), sentAt: Date.now() };
    const call = client.qualifications.request(customerId, education, continuation);
    expect(await failureOf(call)).toMatchObject({ status, write: "unknown", continuation });
  }
});
