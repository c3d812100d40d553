import { InvalidRequestError } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { errorClassOf } from "./expected-error.ts";
import { type RecordedWorld, recordedWorld } from "./recorded-world.ts";
import { type Refused, refusedExamples } from "./wire-examples.ts";

// The contract's examples of invalid requests, sent with plain HTTP and with the client.

const qualifications = "/v1/customers/{customer_id}/qualifications";

/** What the client itself reports before sending anything. */
const foundBefore: Record<string, string> = {
  "capital-name": "qualification",
  "capital-name-government": "qualification",
  "customer-id-not-a-guid": "customerId",
  "government-without-code": "validationCode",
  "not-settable": "qualification",
};
const ofOperation = refusedExamples.filter(([, { operation }]) => operation);

test.each(refusedExamples)(
  "rejects %s in the mock",
  async (_, { before = [], request, answer }) => {
    await using mock = await startMock();
    const send = (text: string | undefined) =>
      fetch(mock.url + request.path, {
        method: request.method,
        headers: {
          Authorization: "Bearer any",
          "Content-Type": "application/json",
          ...request.headers,
        },
        ...(text !== undefined && { body: text }),
      });
    for (const text of before) expect((await send(text)).status).toBe(201);
    const response = await send(request.body);
    expect(response.status).toBe(answer.status);
    expect(await response.json()).toMatchObject(answer.body);
  },
);

test("answers an unknown path with the documented headers", async () => {
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/v1/nowhere`, {
    headers: { Authorization: "Bearer a" },
  });
  const list = contract.operations.find(({ id }) => id === "listCustomers");
  const documented = list?.responses["404"]?.headers ?? {};
  const usual = /^(connection|content-.*|date|keep-alive|transfer-encoding)$/;
  const sent = [...response.headers.keys()].filter((name) => !usual.test(name));
  expect(response.status).toBe(404);
  expect(sent.length).toBeGreaterThan(1);
  const names = Object.keys(documented).map((name) => name.toLowerCase());
  expect(names).toEqual(expect.arrayContaining(sent));
});

test.each(refusedExamples)("returns the refusal of %s from the HTTP client", async (_, example) => {
  await using it = await recordedWorld(optionsFor(example));
  await prepare(it, example);
  const { response, error } = await sendAsIs(it, example);
  expect(response.status).toBe(example.answer.status);
  expect(error).toMatchObject(example.answer.body);
});

test.each(ofOperation.filter(([name]) => foundBefore[name]))(
  "rejects %s in the client before sending anything",
  async (name, example) => {
    await using it = await recordedWorld(optionsFor(example));
    const failure = await ask(it, example).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(InvalidRequestError);
    expect(failure).toMatchObject({ argument: foundBefore[name] });
    expect(it.exchanges).toEqual([]);
  },
);

test.each(ofOperation.filter(([name]) => !foundBefore[name]))(
  "throws the refusal of %s in the client",
  async (_, example) => {
    await using it = await recordedWorld(optionsFor(example));
    await prepare(it, example);
    const { status, body } = example.answer;
    const failure = await ask(it, example).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(errorClassOf(status));
    expect(failure).toMatchObject({ status, code: String(body.code) });
    expect(it.faultsOfRequests()).toEqual([]);
  },
);

function optionsFor({ request }: Refused) {
  return request.headers?.Authorization === "" ? { client: { credential: "none" as const } } : {};
}

/** Sends the earlier requests of a refusal, which must succeed. */
async function prepare(it: RecordedWorld, { before = [], request }: Refused): Promise<void> {
  const { params } = partsOf(request);
  for (const text of before) await it.http.POST(qualifications, { params, ...asBody(text) });
}

/** Sends a request without validation. */
function sendAsIs({ http }: RecordedWorld, { operation, request }: Refused) {
  const { params, pathname } = partsOf(request);
  if (request.body !== undefined) {
    return http.POST(qualifications, { params, ...asBody(request.body) });
  }
  if (operation) return http.GET(qualifications, { params: { path: params.path } });
  return http.GET(pathname as never, {} as never);
}

function ask({ client }: RecordedWorld, { request }: Refused): Promise<unknown> {
  const { customer_id: customerId } = partsOf(request).params.path;
  return request.body === undefined
    ? client.qualifications.list(customerId)
    : client.qualifications.request(customerId, asBody(request.body).body);
}

function partsOf({ path }: Refused["request"]) {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  const [, customerId = ""] = /customers\/([^/]+)/.exec(pathname) ?? [];
  const code = searchParams.get("code");
  const query = code === null ? {} : { code };
  return { pathname, params: { path: { customer_id: customerId }, query } };
}

/** The types reject most of these bodies. */
function asBody(text: string): { body: never } {
  return { body: JSON.parse(text) as never };
}
