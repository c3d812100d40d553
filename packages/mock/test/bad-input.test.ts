import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { raw } from "./raw.ts";

const path = "/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";

async function answerTo(init: RequestInit & { path?: string } = {}) {
  await using mock = await startMock();
  const response = await fetch(mock.url + (init.path ?? path), {
    ...init,
    headers: { Authorization: "Bearer any", ...init.headers },
  });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const post = (body: string | null, type = "application/json", query = "") =>
  answerTo({ path: path + query, method: "POST", headers: { "Content-Type": type }, body });

/** Expects JSON in one of the contract's error shapes, with both identifiers. */
function expectShape({ response, body }: Awaited<ReturnType<typeof answerTo>>) {
  expect(response.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("MS-RequestId")).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get("MS-CorrelationId")).toMatch(/^[0-9a-f-]{36}$/);
  const keys =
    "code" in body ? ["code", "description", "data", "source"] : ["statusCode", "message"];
  expect(Object.keys(body)).toEqual(keys);
}

describe("bodies", () => {
  test.each([
    ["JSON that ends too soon", '{"qualification":', "800002", /not JSON/],
    ["text that is not JSON", "Education", "800002", /not JSON/],
    ["no body", null, "800002", /required/],
    ["null", "null", "800002", /required/],
    ["an array", "[]", "800002", /must be object/],
    ["a number", "3", "800002", /must be object/],
    ["an object without a qualification", "{}", "800002", /'qualification'/],
    ["a value that cannot be set", '{"qualification":"Nonprofit"}', "900126", /Education, Gov/],
    ["a value in lower case", '{"qualification":"education"}', "900126", /Education, Gov/],
    ["the name with a capital", '{"Qualification":"Education"}', "800002", /'qualification'/],
    ["an unknown member", '{"qualification":"Education","a":1}', "800002", /found 'a'/],
    [
      "another kind's member",
      '{"qualification":"StateOwnedEntity","website":"a.example"}',
      "800002",
      /found 'website'/,
    ],
    [
      "an unknown segment",
      '{"qualification":"Education","educationSegment":"K13"}',
      "900126",
      /K12, HigherEducation/,
    ],
    ["an empty web site", '{"qualification":"Education","website":""}', "800002", /website/],
  ])("rejects a body with %s with 400 and a reason", async (_, text, code, reason) => {
    const answer = await post(text);
    expect(answer.response.status).toBe(400);
    expectShape(answer);
    expect(answer.body).toMatchObject({ code, description: expect.stringMatching(reason) });
  });

  test("reports one mistake in a body once, with its place", async () => {
    const { body } = await post('{"qualification":"Education","educationSegment":"K13"}');
    expect(body.data).toEqual(["body.educationSegment"]);
  });

  test.each([
    "application/x-www-form-urlencoded",
    "application/json-patch+json",
    "application/problem+json",
    "application/json, text/plain",
    "garbage",
  ])("rejects a body declared as %s with 415", async (type) => {
    const answer = await post('{"qualification":"Education"}', type);
    expect(answer.response.status).toBe(415);
    expectShape(answer);
  });

  test("accepts a media type with parameters or capitals", async () => {
    const body = '{"qualification":"StateOwnedEntity"}';
    expect((await post(body, "Application/JSON; charset=utf-8")).response.status).toBe(201);
  });

  test("rejects a body in another encoding than UTF-8 with 400", async () => {
    const answer = await answerTo({
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: Buffer.from('{"qualification":"Education","website":"\xff.example"}', "latin1"),
    });
    expect(answer.response.status).toBe(400);
    expect(answer.body).toMatchObject({ description: expect.stringContaining("not JSON") });
  });
});

describe("identifiers and parameters", () => {
  test.each(["%zz", "%E0%A4%A"])("rejects the badly encoded path %s with 400", async (id) => {
    const answer = await answerTo({ path: `/v1/customers/${id}/qualifications` });
    expect(answer.response.status).toBe(400);
    expectShape(answer);
  });

  test("accepts the Authorization scheme in any case", async () => {
    const { response } = await answerTo({ headers: { Authorization: "bearer any" } });
    expect(response.status).toBe(200);
  });

  test("rejects a malformed customer id with 400", async () => {
    const answer = await answerTo({ path: "/v1/customers/contoso/qualifications" });
    expect(answer.response.status).toBe(400);
    expectShape(answer);
    expect(answer.body).toMatchObject({ code: "900118", data: ["path.customer_id"] });
  });

  test.each(["?code=", "?code=12345&code=67890", `?code=${"1".repeat(101)}`])(
    "rejects Government Community Cloud with the query %s with 400",
    async (query) => {
      const body = '{"qualification":"GovernmentCommunityCloud"}';
      const answer = await post(body, "application/json", query);
      expect(answer.response.status).toBe(400);
      expectShape(answer);
    },
  );

  test("rejects a malformed request id with 400", async () => {
    const answer = await answerTo({ headers: { "MS-RequestId": "1" } });
    expect(answer.response.status).toBe(400);
    expectShape(answer);
  });

  // Prism treats these as a missing parameter, or as the numbers 16 and 5.
  test.each(["", "0x10", " 5", "+5", "5.0e", "١"])(
    "rejects the non-numeric size %j with 400",
    async (size) => {
      const answer = await answerTo({ path: `/v1/customers?size=${encodeURIComponent(size)}` });
      expect(answer.response.status).toBe(400);
      expectShape(answer);
      expect(answer.body).toMatchObject({ code: "800002", data: ["query.size"] });
    },
  );

  test.each(["MS-RequestId", "MS-CV", "X-Locale", "ValidateMfa"])(
    "rejects an empty header %s with 400",
    async (name) => {
      const answer = await answerTo({ headers: { [name]: "" } });
      expect(answer.response.status).toBe(400);
      expectShape(answer);
      expect(answer.body).toMatchObject({ data: [`header.${name.toLowerCase()}`] });
    },
  );
});

describe("headers, paths and methods", () => {
  test.each([
    ["application/xml", 406],
    ["text/csv, image/*;q=0.5", 406],
    ["application/json;q=0, */*", 406],
    ["application/*;q=0", 406],
    ["application/json", 200],
    ["Application/JSON; charset=utf-8", 200],
    ["text/html, application/*;q=0.1", 200],
    ["text/html, */*;q=0.8", 200],
    ["", 200],
  ])("answers Accept %j with %i", async (Accept, status) => {
    const answer = await answerTo({ headers: { Accept } });
    expect(answer.response.status).toBe(status);
    if (status === 406) expectShape(answer);
  });

  test("accepts a filter and a token of the maximum length", async () => {
    const filter = JSON.stringify({ Field: "CompanyName", Value: "", Operator: "starts_with" });
    const query = new URLSearchParams({ filter: filter.replace('""', `"${"𝄞".repeat(1980)}"`) });
    const token = btoa("customers-2").padEnd(4096, "=");
    const { response, body } = await answerTo({
      path: `/v1/customers?${query}`,
      headers: { "MS-ContinuationToken": token },
    });
    expect(response.status).toBe(200);
    // The filter would make the link longer than the contract allows.
    expect(body).toMatchObject({ items: [], links: {} });
  });

  test.each(["", "Basic YTpi", "Bearer"])(
    "rejects the Authorization %j with 401 and a challenge",
    async (Authorization) => {
      const answer = await answerTo({ headers: { Authorization } });
      expect(answer.response.status).toBe(401);
      expect(answer.response.headers.get("WWW-Authenticate")).toMatch(
        /^OAuth realm=urn:cpsvc:cpid:/,
      );
      expectShape(answer);
    },
  );

  test.each(["/", "/v1", "/v1/orders", `${path}/1`])(
    "answers the unknown path %s with the gateway's 404",
    async (unknown) => {
      const answer = await answerTo({ path: unknown });
      expect(answer.response.status).toBe(404);
      expectShape(answer);
      expect(answer.body).toEqual({ statusCode: 404, message: "Resource not found" });
    },
  );

  test.each(["PUT", "PATCH", "DELETE", "OPTIONS"])(
    "answers the method %s with 405 and Allow",
    async (method) => {
      const answer = await answerTo({ method });
      expect(answer.response.status).toBe(405);
      expect(answer.response.headers.get("Allow")).toBe("GET, HEAD, POST");
      expectShape(answer);
    },
  );

  test("rejects a body of 11 MB with 400 and keeps serving", async () => {
    await using mock = await startMock();
    const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
    const body = JSON.stringify({ qualification: "Education", website: "a".repeat(11 * 2 ** 20) });
    const response = await fetch(mock.url + path, { method: "POST", headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      description: expect.stringMatching(/too large/),
    });
    expect((await fetch(mock.url + path, { headers })).status).toBe(200);
  });

  test.each([
    ["JSON", "application/json", "{}"],
    ["no JSON", "application/json", "{"],
    ["a form", "application/x-www-form-urlencoded", "a=b"],
    ["two megabytes", "text/plain", "a".repeat(2 ** 21)],
    ["bytes", "application/octet-stream", "\xff\x00"],
  ])("ignores an undocumented body of %s", async (_, type, body) => {
    await using mock = await startMock();
    const request = [
      `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer any\r\nConnection: close`,
      `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ];
    expect(await raw(mock.url, request.join("\r\n"))).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n\[\]$/s);
    const { status } = await fetch(`${mock.url}/_mock/reset`, {
      method: "POST",
      headers: { "Content-Type": type },
      body,
    });
    expect(status).toBe(200);
  });

  test("ignores the declared type of a missing body", async () => {
    const { response } = await answerTo({ headers: { "Content-Type": "garbage" } });
    expect(response.status).toBe(200);
  });
});

/** Sends the raw head of a request and returns the reply. */
const rawHead = (url: string, head: string) => raw(url, `${head}\r\nConnection: close\r\n\r\n`);

describe("on the wire", () => {
  test.each([
    [
      "a line break in an identifier",
      `GET ${path} HTTP/1.1\r\nHost: a\r\nMS-RequestId: a\rSet-Cookie: b`,
    ],
    ["a name with a space", `GET ${path} HTTP/1.1\r\nHost: a\r\nMS RequestId: a`],
    ["two lengths", `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2`],
    ["a host that is not a host name", `GET ${path} HTTP/1.1\r\nHost: a b<c>`],
    ["no host", `GET ${path} HTTP/1.1`],
    ["a target that is not an address", "GET * HTTP/1.1\r\nHost: a"],
  ])("rejects %s with 400 and echoes none of it", async (_, head) => {
    await using mock = await startMock();
    const answer = await rawHead(mock.url, head);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/set-cookie/i);
  });

  test("rejects an encoded line break in an identifier without echoing it", async () => {
    const answer = await answerTo({ headers: { "MS-RequestId": "a%0d%0aSet-Cookie:%20b" } });
    expect(answer.response.status).toBe(400);
    expect([...answer.response.headers.keys()]).not.toContain("set-cookie");
    expectShape(answer);
  });

  test.each([
    ["/v1/../../etc/passwd", 404],
    ["/v1/customers/..%2f..%2f_mock%2freset/qualifications", 400],
    ["/v1/customers/%2e%2e/%2e%2e/_mock/../../etc/passwd", 404],
    ["//etc/passwd", 404],
  ])("answers the traversing path %s with %i", async (target, status) => {
    await using mock = await startMock();
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer any`;
    expect(await rawHead(mock.url, head)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test("survives a client's disconnect during a request", async () => {
    await using mock = await startMock();
    const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
    await new Promise((resolve) =>
      socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{`, resolve),
    );
    socket.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const response = await fetch(mock.url + path, { headers: { Authorization: "Bearer any" } });
    expect(response.status).toBe(200);
  });

  test("answers a TRACE request with 405", async () => {
    await using mock = await startMock();
    const answer = await rawHead(mock.url, `TRACE ${path} HTTP/1.1\r\nHost: mock`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
  });
});
