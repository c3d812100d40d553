import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect } from "vitest";
import { startMock, testCustomers } from "../src/index.ts";
import { bundledContract } from "./bundled-contract.ts";
import { raw } from "./raw.ts";

// Requests as bytes, for every operation: nearly valid ones with anything in place of each part, and some
// with changed bytes.

interface Request {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Uint8Array | undefined;
  isChunked: boolean;
  /** Changed bytes, each with its relative position. */
  damage: [place: number, byte: number][];
}

interface Target {
  path: string;
  method: string;
  operation: {
    parameters?: { in: string; name: string }[];
    responses: object;
    requestBody?: object;
  };
}

const contract = bundledContract();
const operations: Target[] = Object.entries(contract.paths as Record<string, object>).flatMap(
  ([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => "responses" in operation)
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** All customers except those with late, lost or truncated replies. */
const customers = [
  "11111111-2222-3333-4444-555555555555",
  ...testCustomers.filter(({ faults }) => !faults).map(({ id }) => id),
];
const bodies = [
  '{"qualification":"Education","educationSegment":"K12","website":"example.edu"}',
  '{"qualification":"GovernmentCommunityCloud","validationCode":"12345"}',
  '{"qualification":"StateOwnedEntity"}',
  '"education"',
  "3",
].map((text) => Buffer.from(text));
const oddBodies = [
  ...lines(String.raw`
    {"__proto__":{"qualification":"Education"}}
    {"qualification":{"toString":1}}
    {"toString":1,"valueOf":1}
    {"qualification":"\ud800"}
    {"qualification":["Education"]}
    {"qualification":"Education","website":"\u0000"}
    1e999
    []
    null
  `),
  "\ufeff3",
  " ",
  `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  `{"qualification":${"[".repeat(9000)}${"]".repeat(9000)}}`,
  `{"qualification":"${"é".repeat(5000)}"}`,
  `"${"𝄞".repeat(600_000)}"`,
].map((some) => Buffer.from(some));

const byte = fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }));
const latin1 = fc.string({ unit: byte.map((code) => String.fromCharCode(code)), maxLength: 40 });
const httpHeaders =
  "accept authorization content-encoding content-type expect host te upgrade origin if-match range cookie";
const name = fc.constantFrom(
  ...httpHeaders.split(" "),
  ..."connection x-http-method-override __proto__".split(" "),
  ...Object.values(contract.components.parameters as Record<string, { in: string; name: string }>)
    .filter((parameter) => parameter.in === "header")
    .map((parameter) => parameter.name),
);
const value = fc.oneof(
  latin1,
  fc.constantFrom(
    "",
    ...lines(`
      */*
      text/html
      application/json;q=x
      application/json; charset=utf-16
      text/json
      gzip
      br, gzip
      identity
      100-continue
      Bearer a.e30.b
      Bearer app-only
      Bearer a b
      00000000-0000-4000-8000-000000000001
      x/_mock/reset?
      keep-alive, upgrade
      websocket
      bytes=0-1
    `),
  ),
);

/** Characters of an address: plain, percent-encoded, or badly encoded. */
const text = fc.oneof(
  latin1.map((some) => some.replaceAll(/[\s#?]/g, "")),
  fc.string({ unit: "binary", maxLength: 30 }).map(encodeURIComponent),
  fc.constantFrom(
    "%00",
    "%ff",
    "%zz",
    "%ED%A0%80",
    "..",
    "%2e%2e",
    "%2f",
    "//",
    "\\",
    "all",
    "[]",
    "%",
    "a=b&",
  ),
);

function queryOf({ parameters = [] }: Target["operation"]): fc.Arbitrary<string> {
  const known = parameters
    .map(
      (parameter) =>
        contract.components.parameters[parameterName(parameter)] as { in: string; name: string },
    )
    .filter((parameter) => parameter.in === "query")
    .map((parameter) => parameter.name);
  const values = fc.oneof(
    text,
    fc.constantFrom(
      "12345",
      "1",
      "500",
      "0x10",
      encodeURIComponent('{"Field":"CompanyName","Value":"c","Operator":"starts_with"}'),
    ),
    fc.json().map(encodeURIComponent),
  );
  const names = fc.oneof(fc.constantFrom(...known, "__proto__", "code"), text);
  return fc
    .array(fc.tuple(names, values), { maxLength: 4 })
    .map((pairs) => pairs.map(([key, some]) => `${key}=${some}`).join("&"));
}

function parameterName(parameter: object): string {
  return (
    String((parameter as { $ref?: string }).$ref)
      .split("/")
      .at(-1) ?? ""
  );
}

const body = fc.oneof(
  fc.constantFrom(...bodies, ...bodies.map((some) => gzipSync(some))),
  fc.constantFrom(...oddBodies),
  fc.json().map((some) => Buffer.from(some)),
  fc.uint8Array({ maxLength: 200 }),
);

/** Draws usually one value, sometimes another. */
function mostly<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

function lines(some: string): string[] {
  return some.trim().split(/\s*\n\s*/);
}

function requestTo({ path, method, operation }: Target): fc.Arbitrary<Request> {
  const id = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...customers) }, text);
  const target = fc
    .tuple(
      id,
      fc.option(queryOf(operation)),
      fc.constantFrom("", "", "", "http://a", "/", "/_mock"),
    )
    .map(([customer, query, before]) => {
      const filled = path.replace("{customer_id}", customer);
      return `${before}${filled}${query === null ? "" : `?${query}`}`;
    });
  return fc.record({
    method: mostly(
      method,
      fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"),
    ),
    target: mostly(path.replace("{customer_id}", customers[0] as string), target),
    headers: fc.array(fc.tuple(name, value), { maxLength: 4 }),
    body: fc.option(body, { nil: undefined }),
    isChunked: fc.boolean(),
    damage: mostly(
      [],
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
        maxLength: 5,
      }),
    ),
  });
}

function bytesOf({
  method,
  target,
  headers,
  body: content,
  isChunked,
  damage,
}: Request): Uint8Array {
  const sent = new Map(headers.map(([key]) => [key, true]));
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...(sent.has("host") ? [] : ["host: a"]),
    ...(sent.has("authorization") ? [] : ["authorization: Bearer any"]),
    ...(sent.has("content-type") || content === undefined
      ? []
      : ["content-type: application/json"]),
    ...headers.map(([key, some]) => `${key}: ${some}`),
    ...((content &&
      (isChunked ? ["transfer-encoding: chunked"] : [`content-length: ${content.length}`])) ||
      []),
    "connection: close",
    "",
    "",
  ].join("\r\n");
  const framed =
    content && isChunked
      ? [
          ...(content.length > 0 ? [`${content.length.toString(16)}\r\n`, content, "\r\n"] : []),
          "0\r\n\r\n",
        ]
      : [content ?? ""];
  const bytes = Buffer.concat(
    [head, ...framed].map((part) =>
      typeof part === "string" ? Buffer.from(part, "latin1") : part,
    ),
  );
  for (const [place, changed] of damage) bytes[Math.floor(place * bytes.length)] = changed;
  return bytes;
}

/** Sends requests for each operation to a mock, and expects no reply that is a defect of the mock. */
export async function fuzz(parameters: fc.Parameters<[Request]>): Promise<void> {
  await using mock = await startMock({ clock: "manual", seed: 1 });
  for (const target of operations) {
    const { method, operation } = target;
    await fc.assert(
      fc.asyncProperty(requestTo(target), async (request) => {
        mock.control.reset();
        const isWhole = request.damage.length === 0;
        const answer = await raw(mock.url, bytesOf(request), isWhole ? 5000 : 20);
        if (isWhole) expect(answer).toMatch(/^HTTP\/1\.1 /);
        for (const { response } of mock.control.journal().log.entries) {
          expect(response.content.text).not.toMatch(/The mock (broke|failed)/);
        }
        const status = /HTTP\/1\.1 (\d+) (?!Continue)/.exec(answer)?.[1] ?? "";
        if (
          isWhole &&
          request.method.replace("HEAD", "GET") === method &&
          !request.target.includes("_mock")
        ) {
          expect([...Object.keys(operation.responses), "417", ""]).toContain(status);
        }
      }),
      parameters,
    );
  }
}
