import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { control, school } from "./call.ts";
import { raw } from "./raw.ts";

const json = '{"qualification":"Education","website":"example.edu"}';
const path = `/v1/customers/${school}/qualifications`;

interface Sent {
  headers: string[];
  body: string | Uint8Array;
  target?: string;
}

/** Sends a POST verbatim. Returns the status and description of the reply. */
async function post({ headers, body, target = path }: Sent): Promise<[number, string]> {
  await using mock = await startMock();
  const bytes = Buffer.from(body);
  const head = [
    `POST ${target} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Authorization: Bearer any",
    ...headers,
    ...(headers.some((one) => one.startsWith("Transfer-"))
      ? []
      : [`Content-Length: ${bytes.length}`]),
    "Connection: close\r\n\r\n",
  ].join("\r\n");
  const answer = await raw(mock.url, Buffer.concat([Buffer.from(head), bytes]));
  const { description = "", error = description } = JSON.parse(answer.split("\r\n\r\n")[1] ?? "{}");
  return [Number(answer.slice(9, 12)), error];
}

const type = "Content-Type: application/json";

test.each([
  ["gzip", gzipSync(json)],
  ["br", brotliCompressSync(json)],
  ["deflate", deflateSync(json)],
  ["zstd", zstdCompressSync(json)],
  ["br", Buffer.from(json)],
  ["GZIP, identity", gzipSync(json)],
  ["unheard-of", Buffer.from(json)],
])("rejects a body with the Content-Encoding %s by name", async (coding, body) => {
  for (const target of [path, `/v1/customers/${school}/qualification`, "/_mock/clock/advance"]) {
    const method = target.endsWith("qualification") ? "PUT" : "POST";
    await using mock = await startMock({ clock: "manual" });
    const response = await fetch(mock.url + target, {
      method,
      headers: {
        Authorization: "Bearer any",
        "Content-Type": "application/json",
        "Content-Encoding": coding,
      },
      body: new Uint8Array(body),
    });
    expect(response.status).toBe(415);
    expect(await response.text()).toContain(
      `Content-Encoding \\"${coding.replace(", identity", "").toLowerCase()}\\"`,
    );
  }
});

test("rejects a body with the Transfer-Encoding gzip by name", async () => {
  const body = gzipSync(json);
  const chunked = Buffer.concat([
    Buffer.from(`${body.length.toString(16)}\r\n`),
    body,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
  const headers = [type, "Transfer-Encoding: gzip, chunked"];
  expect(await post({ headers, body: chunked })).toEqual([
    415,
    expect.stringContaining('Transfer-Encoding "gzip"'),
  ]);
});

test.each([
  "utf-16",
  "UTF-16LE",
  '"iso-8859-1"',
  "us-ascii",
  "unheard-of",
  "utf-8; charset=utf-16",
  "",
])("rejects a body with the charset %s by name", async (charset) => {
  const name = charset.split("=").at(-1)?.replaceAll('"', "") ?? "";
  expect(await post({ headers: [`${type}; charset=${charset}`], body: json })).toEqual([
    415,
    expect.stringContaining(`charset "${name.toLowerCase()}"`),
  ]);
});

test.each([
  [[`${type}; charset=utf-8`]],
  [[`${type};Charset="UTF-8"`]],
  [[`${type}; charset=utf8; a=b`]],
  [[type, "Content-Encoding: identity"]],
  [[type, "Content-Encoding:"]],
])("accepts a UTF-8 body with %j", async (headers) => {
  expect((await post({ headers, body: json }))[0]).toBe(201);
});

test("accepts a body with a byte order mark", async () => {
  expect((await post({ headers: [type], body: `\ufeff${json}` }))[0]).toBe(201);
});

test.each([
  ["a NUL", "a\\u0000.example", "website"],
  ["a line break", "a\\n.example", "website"],
  ["a high surrogate alone", "a\\ud834.example", "\\ud834"],
  ["a low surrogate alone", "\\uDD1Ea.example", "\\uDD1E"],
  ["a pair the wrong way round", "\\udd1e\\ud834", "\\udd1e"],
  ["a backslash before a surrogate", "\\\\\\ud834", "\\ud834"],
])("rejects a website with %s", async (_, website, named) => {
  expect(await post({ headers: [type], body: json.replace("example.edu", website) })).toEqual([
    400,
    expect.stringContaining(named),
  ]);
});

test.each(["\\ud834\\udd1e.example", "\u{1d11e}.example", "\\\\ud834", "sch\u00fcle.example"])(
  "accepts a website with the text %s",
  async (website) => {
    expect((await post({ headers: [type], body: json.replace("example.edu", website) }))[0]).toBe(
      201,
    );
  },
);

const government = (code: string) => `{"qualification":"GovernmentCommunityCloud"${code}}`;

test("rejects a NUL or a lone surrogate in every text", async () => {
  for (const body of [
    government(',"validationCode":"12345\\u0000"'),
    government(',"validationCode":"12345\\ud800"'),
    '{"qualification":"Education","\\ud800":1}',
  ]) {
    expect((await post({ headers: [type], body }))[0]).toBe(400);
  }
  const target = `${path}?code=12345%00`;
  expect(await post({ headers: [type], body: government(""), target })).toEqual([
    400,
    expect.stringContaining("code"),
  ]);
});

test.each(["%ff", "%ED%A0%80", "%zz", "%"])(
  "rejects the query code=%s as invalid UTF-8",
  async (code) => {
    expect(await post({ headers: [type], body: json, target: `${path}?code=${code}` })).toEqual([
      400,
      expect.stringContaining("the query is not valid percent-encoded UTF-8"),
    ]);
  },
);

test("rejects a scenario in another encoding than UTF-8", async () => {
  await using mock = await startMock();
  const scenario = [mock, "PUT", "scenario", "clock: manual"] as const;
  expect((await control(...scenario, "application/yaml; charset=utf-8"))[0]).toBe(200);
  expect((await control(...scenario, "application/yaml; charset=utf-16"))[0]).toBe(415);
});
