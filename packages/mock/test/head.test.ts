import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { bundledContract } from "./bundled-contract.ts";
import { school, send } from "./call.ts";
import { raw } from "./raw.ts";

/** Every path with a GET. */
const gets = Object.entries(bundledContract().paths as Record<string, object>)
  .filter(([, item]) => "get" in item)
  .map(([path]) => path.replace("{customer_id}", school).replace(/Status$/, "$&?type=account"));
const controls = ["clock", "faults", "journal", "test-customers", "openapi.yaml"];

const start = () => startMock({ clock: "manual", now: "2020-12-07T09:00:00Z", seed: 1 });

/** Returns a reply's headers, except those that always differ. */
function headersOf(text: string): string[] {
  const [head = ""] = text.split("\r\n\r\n");
  return head.split("\r\n").filter((line) => !/^(ms-\w+id|date):/i.test(line));
}

test.each([...gets, ...controls.map((path) => `/_mock/${path}`)])(
  "answers HEAD %s as a GET without a body",
  async (path) => {
    await using mock = await start();
    const request = (method: string) =>
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer any\r\nConnection: close\r\n\r\n`;
    const get = await raw(mock.url, request("GET"));
    mock.control.reset();
    const head = await raw(mock.url, request("HEAD"));
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(head).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n$/s);
    expect(head).toMatch(/content-length: [1-9]/);
  },
);

test("rejects a HEAD like its GET", async () => {
  await using mock = await start();
  const path = `/v1/customers/${school}/qualifications`;
  const head = { method: "HEAD" };
  expect((await send(mock, path, { ...head, headers: { Authorization: "" } })).status).toBe(401);
  expect((await send(mock, "/v1/customers/1", head)).status).toBe(400);
  expect((await send(mock, "/v1", head)).status).toBe(404);
  mock.failNext(503);
  expect((await send(mock, path, head)).status).toBe(503);
  const statuses = mock.control
    .journal()
    .log.entries.map(({ request, response }) => [
      request.method,
      response.status,
      response.content.size,
    ]);
  expect(statuses).toEqual([401, 400, 404, 503].map((status) => ["HEAD", status, 0]));
});

test("answers HEAD with 405 on a path without GET", async () => {
  await using mock = await start();
  const answer = await send(mock, "/_mock/reset", { method: "HEAD" });
  expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "POST"]);
});

test("applies faults to a HEAD", async () => {
  await using mock = await start();
  const request = `HEAD /v1/customers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer any\r\n\r\n`;
  mock.control.addFaults({ kind: "truncated" });
  expect(await raw(mock.url, request)).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n$/s);
  mock.control.addFaults({ kind: "reset" });
  expect(await raw(mock.url, request)).toBe("");
  mock.control.addFaults({ kind: "htmlPage" });
  expect(await raw(mock.url, request.replace("a\r\n", "a\r\nConnection: close\r\n"))).toMatch(
    /^HTTP\/1\.1 502 .*\r\n\r\n$/s,
  );
});

test("includes HEAD in Allow for a path with GET", async () => {
  await using mock = await start();
  const answer = await send(mock, `/v1/customers/${school}/qualifications`, { method: "PATCH" });
  expect(answer.headers.get("Allow")).toBe("GET, HEAD, POST");
});

test("answers OPTIONS * with the contract's methods", async () => {
  await using mock = await start();
  const answer = await raw(mock.url, "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 204 /);
  expect(answer).toContain("allow: GET, HEAD, OPTIONS, POST, PUT\r\n");
  // RFC 9110, 8.6
  expect(answer).not.toMatch(/content-length/i);
  const get = await raw(mock.url, "GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(get).toMatch(/^HTTP\/1\.1 400 /);
});
