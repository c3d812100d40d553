import { connect } from "node:net";
import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";

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

/** Every refusal is JSON in one of the contract's shapes, with both identifiers. */
function expectShape({ response, body }: Awaited<ReturnType<typeof answerTo>>) {
  expect(response.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("MS-RequestId")).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get("MS-CorrelationId")).toMatch(/^[0-9a-f-]{36}$/);
  const keys =
    "code" in body ? ["code", "description", "data", "source"] : ["statusCode", "message"];
  expect(Object.keys(body)).toEqual(keys);
}

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
  ["a member that nobody knows", '{"qualification":"Education","a":1}', "800002", /found 'a'/],
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
])("a body that is %s is refused with 400, saying why", async (_, text, code, reason) => {
  const answer = await post(text);
  expect(answer.response.status).toBe(400);
  expectShape(answer);
  expect(answer.body).toMatchObject({ code, description: expect.stringMatching(reason) });
});

test("one mistake in a body has one message, which names the place", async () => {
  const { body } = await post('{"qualification":"Education","educationSegment":"K13"}');
  expect(body.data).toEqual(["body.educationSegment"]);
});

test.each([
  "application/x-www-form-urlencoded",
  "application/json-patch+json",
  "application/problem+json",
  "application/json, text/plain",
  "garbage",
])("a body declared as %s is refused with 415", async (type) => {
  const answer = await post('{"qualification":"Education"}', type);
  expect(answer.response.status).toBe(415);
  expectShape(answer);
});

test("a body whose media type has parameters or capitals is taken", async () => {
  const body = '{"qualification":"StateOwnedEntity"}';
  expect((await post(body, "Application/JSON; charset=utf-8")).response.status).toBe(201);
});

test("a body that is not UTF-8 is refused with 400", async () => {
  const answer = await answerTo({
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: Buffer.from('{"qualification":"Education","website":"\xff.example"}', "latin1"),
  });
  expect(answer.response.status).toBe(400);
  expect(answer.body).toMatchObject({ description: expect.stringContaining("not JSON") });
});

test.each(["%zz", "%E0%A4%A"])("the badly encoded path %s is refused with 400", async (id) => {
  const answer = await answerTo({ path: `/v1/customers/${id}/qualifications` });
  expect(answer.response.status).toBe(400);
  expectShape(answer);
});

test("the name of the scheme has no case", async () => {
  const { response } = await answerTo({ headers: { Authorization: "bearer any" } });
  expect(response.status).toBe(200);
});

test("a customer id that is not a GUID is refused with 400", async () => {
  const answer = await answerTo({ path: "/v1/customers/contoso/qualifications" });
  expect(answer.response.status).toBe(400);
  expectShape(answer);
  expect(answer.body).toMatchObject({ code: "900118", data: ["path.customer_id"] });
});

test.each(["?code=", "?code=12345&code=67890", `?code=${"1".repeat(101)}`])(
  "government with the query %s is refused with 400",
  async (query) => {
    const body = '{"qualification":"GovernmentCommunityCloud"}';
    const answer = await post(body, "application/json", query);
    expect(answer.response.status).toBe(400);
    expectShape(answer);
  },
);

test("a request id that is not a GUID is refused with 400", async () => {
  const answer = await answerTo({ headers: { "MS-RequestId": "1" } });
  expect(answer.response.status).toBe(400);
  expectShape(answer);
});

test.each(["", "Basic YTpi", "Bearer"])(
  "the Authorization %j is refused with 401 and a challenge",
  async (Authorization) => {
    const answer = await answerTo({ headers: { Authorization } });
    expect(answer.response.status).toBe(401);
    expect(answer.response.headers.get("WWW-Authenticate")).toMatch(/^OAuth realm=urn:cpsvc:cpid:/);
    expectShape(answer);
  },
);

test.each(["/", "/v1", "/v2/customers", `${path}/1`])(
  "the unknown address %s is answered with 404 by the gateway",
  async (unknown) => {
    const answer = await answerTo({ path: unknown });
    expect(answer.response.status).toBe(404);
    expectShape(answer);
    expect(answer.body).toEqual({ statusCode: 404, message: "Resource not found" });
  },
);

test.each(["PUT", "PATCH", "DELETE", "OPTIONS"])(
  "the method %s is answered with 405 and what is allowed",
  async (method) => {
    const answer = await answerTo({ method });
    expect(answer.response.status).toBe(405);
    expect(answer.response.headers.get("Allow")).toBe("GET, POST");
    expectShape(answer);
  },
);

test("TRACE, which fetch cannot send, is answered with 405 too", async () => {
  await using mock = await startMock();
  const { port } = new URL(mock.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(`TRACE ${path} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 405 /);
});
