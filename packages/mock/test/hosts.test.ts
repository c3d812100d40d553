import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { type MockOptions, startMock } from "../src/index.ts";
import { raw } from "./raw.ts";

const list = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";
const head = (target: string, host: string, method = "GET") =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer any\r\nConnection: close\r\n\r\n`;

/** Sends a request's head with any Host. Returns the reply's status and body. */
async function answerTo(url: string, target: string, host: string, method?: string) {
  const answer = await raw(url, head(target, host, method));
  const [, status, body] = /^HTTP\/1\.1 (\d+) .*?\r\n\r\n(.*)$/s.exec(answer) ?? [];
  return { status: Number(status), body: body ?? "" };
}

test.each([
  "x/_mock/reset?",
  "x/_mock/reset#",
  "x\\_mock\\reset?",
  "a@b",
  "[::1",
  "a:b",
  "a b",
  "a\xe9",
])("rejects the Host %j and reads no path from it", async (host) => {
  await using mock = await startMock({ clock: "manual", now: "2020-12-07T09:00:00Z" });
  mock.advance("P1D");
  const { status, body } = await answerTo(mock.url, "/v1/customers", host, "POST");
  expect(status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ description: expect.stringContaining("Host") });
  expect(mock.control.clock.now).toBe("2020-12-08T09:00:00.000Z");
  const [entry] = mock.control.journal().log.entries;
  expect(entry?.response.status).toBe(400);
});

test.each(["", "a", "partner.example:443", "[::1]:80", "127.0.0.1"])(
  "answers the contract under the Host %j",
  async (host) => {
    await using mock = await startMock();
    expect(await answerTo(mock.url, list, host)).toEqual({ status: 200, body: "[]" });
    const [entry] = mock.control.journal().log.entries;
    expect(entry?.request.url).toBe(mock.url + list);
  },
);

test.each([
  [`http://partner.example${list}`, 200],
  [`HTTPS://partner.example:443${list}`, 200],
  [`http://partner.example/_mock/reset?x=${list}`, 403],
  ["http://partner.example?a", 404],
  ["http://[", 400],
  ["ftp://a/v1/customers", 400],
])("parses the path of the request target %s", async (target, status) => {
  await using mock = await startMock();
  expect((await answerTo(mock.url, target, "127.0.0.1")).status).toBe(status);
});

test.each(["Host", "Authorization", "Content-Type"])(
  "rejects a request with two %s headers",
  async (name) => {
    await using mock = await startMock();
    const twice = `${name}: application/json\r\n${name.toLowerCase()}: b`;
    const others = ["Host: a", "Authorization: Bearer any"].filter((one) => !one.startsWith(name));
    const answer = await raw(
      mock.url,
      [`GET ${list} HTTP/1.1`, ...others, twice, "Connection: close\r\n\r\n"].join("\r\n"),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`more than one ${name} header`);
  },
);

async function controlStatus(options: MockOptions, host: (port: string) => string) {
  await using mock = await startMock(options);
  const { port } = new URL(mock.url);
  const url = mock.url.replace("0.0.0.0", "127.0.0.1");
  return (await answerTo(url, "/_mock/clock", host(port))).status;
}

test.each([
  "localhost",
  "LOCALHOST.",
  "mock.localhost",
  "127.0.0.1",
  "127.9.9.9",
  "[::1]",
  "[0:0::1]",
])("allows control under the loopback host %s, with any port", async (host) => {
  expect(await controlStatus({}, () => host)).toBe(200);
  expect(await controlStatus({}, (port) => `${host}:${port}`)).toBe(200);
  expect(await controlStatus({}, () => `${host}:8080`)).toBe(200);
});

test.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])(
  "refuses control under the host %j",
  async (host) => {
    await using mock = await startMock();
    const { status, body } = await answerTo(mock.url, "/_mock/reset", host, "POST");
    expect(status).toBe(403);
    const { error } = JSON.parse(body) as { error: string };
    expect(error).toContain(`"${host}"`);
    expect(error).toContain("--control-host");
    expect(error).toContain("controlHosts");
  },
);

test("allows control under each address it listens on", async () => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  const everywhere = { host: "0.0.0.0" };
  expect(await controlStatus(everywhere, () => "0.0.0.0")).toBe(200);
  expect(await controlStatus(everywhere, () => "evil.example")).toBe(403);
  if (address === undefined) return;
  await using mock = await startMock(everywhere);
  const url = mock.url.replace("0.0.0.0", address);
  expect((await fetch(`${url}/_mock/clock`)).status).toBe(200);
  await using local = await startMock();
  expect((await answerTo(local.url, "/_mock/clock", address)).status).toBe(403);
});

test("allows control under the hosts of controlHosts", async () => {
  const options = { controlHosts: ["Mock.example", "10.1.2.3"] };
  expect(await controlStatus(options, () => "mock.example:4010")).toBe(200);
  expect(await controlStatus(options, () => "10.1.2.3")).toBe(200);
  expect(await controlStatus(options, () => "a.mock.example")).toBe(403);
  await expect(startMock({ controlHosts: ["a/b"] })).rejects.toThrow('"a/b" is not a host name');
});

test("refuses control to a page of another host", async () => {
  await using mock = await startMock();
  const own = await fetch(`${mock.url}/_mock/clock`, { headers: { Origin: mock.url } });
  expect(own.status).toBe(200);
  const request = head("/_mock/clock", "localhost").replace(
    "Host",
    "Origin: http://evil.example\r\nHost",
  );
  expect(await raw(mock.url, request)).toMatch(/^HTTP\/1\.1 403 /);
});
