import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { describe, beforeEach, expect, test, vi } from "vitest";
import { hostNameOf } from "../src/shared/host-name.ts";
import { startDemo } from "../host/server/start-demo.ts";

vi.setConfig({ testTimeout: 60_000 });

const school = "22222222-2222-3333-4444-555555555555";
let mock: Mock;
let demo: Awaited<ReturnType<typeof startDemo>>;

// Each test has its own: a demo follows what an earlier test has requested.
beforeEach(async () => {
  mock = await startMock();
  demo = await startDemo({ baseUrl: mock.url, credential: () => "any-token" });
  return async () => {
    await demo[Symbol.asyncDispose]();
    await mock.close();
  };
});

const journal = () => mock.control.journal().log.entries;

/** Sends a write as the page does. */
function post(body: BodyInit, headers: Record<string, string> = {}, id = school) {
  return fetch(`${demo.url}/api/v1/customers/${id}/qualifications`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: demo.url, ...headers },
    body,
    duplex: "half",
  } as RequestInit);
}
const education = JSON.stringify({ qualification: "Education", educationSegment: "K12" });

describe("the website", () => {
  test.each([
    ["https://www.contoso.edu/", "www.contoso.edu"],
    [" http://user@Contoso.edu:8080/about?x=1#y ", "contoso.edu"],
    ["contoso.edu/about", "contoso.edu"],
    ["contoso.edu", "contoso.edu"],
    ["contoso .edu", undefined],
    ["contoso", undefined],
    ["javascript:alert(1)", undefined],
    ["https://", undefined],
  ])("reduces the website %j to its host", async (website, host) => {
    expect(hostNameOf(website)).toBe(host);
  });

  test("sends the host of a website, and nothing if it has none", async () => {
    const body = { qualification: "Education", educationSegment: "K12" };
    const refused = await post(JSON.stringify({ ...body, website: "contoso" }));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("website is not an address such as www.contoso.edu");
    expect(journal()).toEqual([]);
    expect((await post(JSON.stringify({ ...body, website: "https://a.edu/b" }))).status).toBe(201);
    const write = journal().find((entry) => entry.request.method === "POST");
    expect(JSON.parse(write?.request.postData?.text ?? "")).toMatchObject({ website: "a.edu" });
  });
});

describe("an invalid body", () => {
  test.each([
    ["an unknown qualification", JSON.stringify({ qualification: "Nonprofit" })],
    ["no segment", JSON.stringify({ qualification: "Education" })],
    ["no JSON", "{"],
    ["no object", "3"],
    ["nothing", ""],
  ])("refuses %s before sending anything", async (_, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ support: { kind: "invalidRequest" } });
    expect(journal()).toEqual([]);
  });

  test("refuses 10 MB with 413 and a reason, announced or not", async () => {
    const megabytes = "x".repeat(10_000_000);
    const announced = await post(megabytes);
    expect(announced.status).toBe(413);
    expect(await announced.json()).toEqual({
      statusCode: 413,
      message: "A request has at most 16 kB",
    });
    const chunk = new TextEncoder().encode("x".repeat(100_000));
    let left = 100;
    const streamed = await post(
      new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(chunk);
          else controller.close();
        },
      }),
    );
    expect(streamed.status).toBe(413);
    expect(journal()).toEqual([]);
  });
});

describe("another origin", () => {
  test.each([
    ["another site's page", { Origin: "https://elsewhere.example" }],
    ["another site's form", { Origin: "https://elsewhere.example", "Content-Type": "text/plain" }],
    ["a page without an origin", { Origin: "null" }],
    ["a page of another port", { Origin: "http://127.0.0.1:1" }],
    ["a program without an origin", { Origin: "" }],
    ["a browser that calls it cross-site", { "Sec-Fetch-Site": "cross-site" }],
  ])("refuses a write by %s", async (_, headers) => {
    const answer = await post(education, headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(journal()).toEqual([]);
  });

  test("rejects a form's write that is not JSON", async () => {
    expect((await post(education, { "Content-Type": "text/plain" })).status).toBe(415);
  });

  test("rejects a foreign host name, also for reads", async () => {
    const { hostname, port } = new URL(demo.url);
    const path = "/api/v1/customers";
    const status = await new Promise((resolve, reject) => {
      const headers = { Host: "rebound.example" };
      request({ hostname, port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
    expect(journal()).toEqual([]);
  });

  test("rejects an http page's write through an https proxy", async () => {
    const publicUrl = "https://demo.example";
    await using proxied = await startDemo({
      baseUrl: mock.url,
      credential: () => "any",
      publicUrl,
    });
    const statuses = [];
    for (const origin of ["http://demo.example", publicUrl]) {
      const headers = { Host: "demo.example", Origin: origin, "Content-Type": "application/json" };
      const asking = request(`${proxied.url}/api/v1/customers/${school}/qualifications`, {
        method: "POST",
        headers,
      });
      asking.end(education);
      const [response] = (await once(asking, "response")) as [IncomingMessage];
      response.resume();
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([403, 201]);
  });
});

describe("the routes", () => {
  test.each([
    ["GET", `/api/v1/customers/${school}/qualification`],
    ["PUT", `/api/v1/customers/${school}/qualification`],
    ["DELETE", `/api/v1/customers/${school}/qualifications`],
    ["GET", "/api/v1/customers/all/secrets"],
    ["GET", "/api/v1/invoices"],
    ["GET", "/api/_mock/journal"],
    ["POST", "/api/_mock/reset"],
    ["PUT", "/api/_mock/scenario"],
    ["GET", "/api/v1/customers/..%2f..%2f_mock%2fjournal"],
  ])("has no %s %s", async (method, path) => {
    const answer = await fetch(demo.url + path, {
      method,
      headers: { Origin: demo.url, "Content-Type": "application/json" },
    });
    expect([400, 404]).toContain(answer.status);
    expect(journal()).toEqual([]);
  });

  test.each([
    ["/", 200, "html"],
    ["/customers/22222222-2222-3333-4444-555555555555", 200, "html"],
    ["/customers/contoso", 404, "html"],
    ["/invoices", 404, "html"],
    ["/assets/missing.js", 404, "json"],
  ])("responds to GET %s with %d and %s", async (path, status, type) => {
    const response = await fetch(demo.url + path);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain(type);
  });

  test("sends a strict policy with every response", async () => {
    const page = await fetch(demo.url);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
    });
    const html = await page.text();
    expect(html).not.toMatch(/<script>|style="|\son\w+=/);
    const [, script = ""] = /src="(\/assets\/[^"]+)"/.exec(html) ?? [];
    const asset = await fetch(demo.url + script);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const health = await fetch(`${demo.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const customers = await fetch(`${demo.url}/api/v1/customers`);
    expect(customers.headers.get("cache-control")).toBe("no-store");
  });
});
