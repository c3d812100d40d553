import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Browser } from "@partner-qualifications/testing/browser";
import { connectBrowser } from "@partner-qualifications/testing/browser/vitest";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startDemo } from "../src/server/start-demo.ts";
import { open, patience } from "./support/open.ts";
import { type RemoteMock, startRemoteMock } from "./support/remote-mock.ts";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });

const school = "22222222-2222-3333-4444-555555555555";
let mock: RemoteMock;
let browser: Browser;
let demo: Awaited<ReturnType<typeof startDemo>>;

beforeAll(async () => {
  browser = await connectBrowser();
  return () => browser.close();
});
beforeAll(async () => {
  mock = await startRemoteMock();
  return () => mock[Symbol.asyncDispose]();
});
// Each test has its own: a demo goes on following what an earlier test has asked for.
beforeEach(async () => {
  await mock.begin();
  demo = await startDemo({ baseUrl: mock.url, credential: () => "any-token" });
  return () => demo[Symbol.asyncDispose]();
});

/** A write as the page sends it, unless told otherwise. */
function post(body: BodyInit, headers: Record<string, string> = {}, id = school) {
  return fetch(`${demo.url}/api/v1/customers/${id}/qualifications`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: demo.url, ...headers },
    body,
    duplex: "half",
  } as RequestInit);
}
const education = JSON.stringify({ qualification: "Education", educationSegment: "K12" });

test("what is no tenant id is told as such, and a pasted one may have spaces, braces and capitals", async () => {
  await using opened = await open(browser, demo.url);
  const { page, problems } = opened;
  const field = page.getByLabel("Beginning of the name");
  await field.fill("22222222-2222-3333-4444-55555555");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("That is not a tenant id. One looks like 1111").waitFor();
  expect(await field.inputValue()).toBe("22222222-2222-3333-4444-55555555");

  await field.fill(" \t{ABCDEF22-2222-3333-4444-555555555555}\n ");
  await field.press("Enter");
  await page.getByText("None yet.").waitFor();
  expect(new URL(page.url()).pathname).toBe("/customers/abcdef22-2222-3333-4444-555555555555");

  await page.goto(`${demo.url}/customers/contoso`).catch(() => {});
  await page.getByRole("heading", { name: "Find a customer" }).waitFor();
  expect(problems).toEqual([]);
});

test.each([
  ["https://example.edu/about", "Write the name of the host alone: example.edu."],
  ["example.edu/about", "Write the name of the host alone: example.edu."],
  ["example .edu", "A web site has no spaces in it."],
  ["example", "That is not a web site."],
])("the web site %j is mended before anything is sent", async (website, message) => {
  await using opened = await open(browser, `${demo.url}/customers/${school}`);
  const { page } = opened;
  await page.getByText("None yet.").waitFor();
  const field = page.getByLabel("Web site");
  await field.fill(website);
  await page.getByRole("button", { name: "Ask for Education" }).click();
  await page.getByText(message).waitFor();
  expect(await field.inputValue()).toBe(website);
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);

  // The server does not rely on its page.
  const direct = { qualification: "Education", educationSegment: "K12", website };
  const answer = await post(JSON.stringify(direct));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(message.split(":")[0]);
  expect(await mock.writes()).toEqual([]);
});

test.each([
  ["an unknown qualification", JSON.stringify({ qualification: "Nonprofit" })],
  ["no segment", JSON.stringify({ qualification: "Education" })],
  ["no JSON", "{"],
  ["no object", "3"],
  ["nothing", ""],
])("%s is refused before anything is sent", async (_, body) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ support: { kind: "invalidRequest" } });
  expect(await mock.writes()).toEqual([]);
});

test("10 MB are refused with 413 and a reason, told beforehand or not", async () => {
  const megabytes = "x".repeat(10_000_000);
  const told = await post(megabytes);
  expect(told.status).toBe(413);
  expect(await told.json()).toEqual({ statusCode: 413, message: "A request has at most 16 kB" });
  const chunk = new TextEncoder().encode("x".repeat(100_000));
  let left = 100;
  const untold = await post(
    new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    }),
  );
  expect(untold.status).toBe(413);
  expect(await mock.journal()).toEqual([]);
});

test.each([
  ["another site's page", { Origin: "https://elsewhere.example" }],
  ["another site's form", { Origin: "https://elsewhere.example", "Content-Type": "text/plain" }],
  ["a page without an origin", { Origin: "null" }],
  ["a page of another port", { Origin: "http://127.0.0.1:1" }],
  ["what sends no origin", { Origin: "" }],
  ["a browser that calls it cross-site", { "Sec-Fetch-Site": "cross-site" }],
])("a write by %s is refused", async (_, headers) => {
  const answer = await post(education, headers as Record<string, string>);
  expect(answer.status).toBe(403);
  expect(await mock.journal()).toEqual([]);
});

test("a write of another type than JSON, which a form could send, is refused", async () => {
  expect((await post(education, { "Content-Type": "text/plain" })).status).toBe(415);
});

test("a name that was made to point to this machine is refused, for reading too", async () => {
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
  expect(await mock.journal()).toEqual([]);
});

test("behind a proxy with https, a page that came without it may not write", async () => {
  const publicUrl = "https://demo.example";
  await using proxied = await startDemo({ baseUrl: mock.url, credential: () => "any", publicUrl });
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
])("%s %s leads nowhere", async (method, path) => {
  const answer = await fetch(demo.url + path, {
    method,
    headers: { Origin: demo.url, "Content-Type": "application/json" },
  });
  expect([400, 404]).toContain(answer.status);
  expect(await mock.journal()).toEqual([]);
});

test("a request that comes again under its MS-RequestId is answered without being sent again", async () => {
  const headers = { "MS-RequestId": "aaaaaaaa-1111-4000-8000-000000000001" };
  const first = await post(education, headers);
  const again = await post(education, headers);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.json()).toEqual(await first.json());
  expect(await mock.writes()).toHaveLength(1);
});

test("every answer has a strict policy and its headers, and the health needs no page", async () => {
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
