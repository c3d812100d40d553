import createClient from "openapi-fetch";
import { expect, test } from "vitest";
import { createHttpClient, type paths } from "../src/http/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const items = [{ qualification: "Education", vettingStatus: "InReview" }];
const path = "/v1/customers/{customer_id}/qualifications";
const params = { path: { customer_id: customerId } };

test("sends the client's token and identifiers, and retries", async () => {
  const { client, sent } = world([json({}, 503), json(items)]);
  const { data, response } = await createHttpClient(client).GET(path, { params });
  expect(data).toEqual(items);
  expect(response.status).toBe(200);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(
    Array(2).fill("Bearer canary-token"),
  );
  expect(sent[0]?.headers["ms-requestid"]).toBe(sent[1]?.headers["ms-requestid"]);
});

test("returns a refusal as an error value without throwing", async () => {
  const http = createHttpClient(world([json({ code: "20002" }, 403)]).client);
  const { data, error, response } = await http.GET(path, { params });
  expect(data).toBeUndefined();
  expect(error).toEqual({ code: "20002" });
  expect(response.status).toBe(403);
  const lost = createHttpClient(world([new TypeError("fetch failed")]).client);
  expect(await failureOf(lost.GET(path, { params }))).toMatchObject({ kind: "connection" });
});

test.each(["json", "text", "arrayBuffer", "blob", "stream"] as const)(
  "parses a response as %s",
  async (parseAs) => {
    const { data } = await createHttpClient(world([json(items)]).client).GET(path, {
      params,
      parseAs,
    });
    const text =
      parseAs === "json" ? JSON.stringify(data) : await new Response(data as BodyInit).text();
    expect(JSON.parse(text)).toEqual(items);
  },
);

test("returns a response for repeated reads", async () => {
  const http = createHttpClient(world([json(items)]).client);
  const { response } = await http.GET(path, { params });
  expect(await response.json()).toEqual(items);
  expect(await response.text()).toBe(JSON.stringify(items));
  expect(await response.clone().json()).toEqual(items);
  expect(response.bodyUsed).toBe(false);
});

test("lets middleware read the response before it is parsed", async () => {
  const http = createHttpClient(world([json(items)]).client);
  const seen: unknown[] = [];
  http.use({ onResponse: async ({ response }) => void seen.push(await response.clone().json()) });
  const { data } = await http.GET(path, { params });
  expect([data, seen]).toEqual([items, [items]]);
});

test("rejects a body of another type than text", async () => {
  const { client, sent } = world([json(items)]);
  const call = createHttpClient(client).POST(path, {
    params,
    body: { qualification: "StateOwnedEntity" },
    bodySerializer: (body) => new URLSearchParams(body as { qualification: string }),
  });
  expect(await failureOf(call)).toMatchObject({ kind: "invalidRequest", argument: "body" });
  expect(sent).toEqual([]);
});

test("keeps the caller's Accept", async () => {
  const { client, sent } = world([json(items)]);
  await createHttpClient(client).GET(path, { params, headers: { Accept: "text/plain" } });
  expect(sent[0]?.headers.accept).toBe("text/plain");
});

test("lets middleware see the request and set headers", async () => {
  const { client, sent } = world([json(items)]);
  const http = createHttpClient(client);
  http.use({ onRequest: ({ request }) => request.headers.set("MS-RequestId", customerId) });
  await http.GET(path, { params });
  expect(sent[0]?.headers["ms-requestid"]).toBe(customerId);
});

test("aborts a call with a signal", async () => {
  const { client } = world([json(items)]);
  const signal = AbortSignal.abort(new Error("enough"));
  const call = createHttpClient(client).GET(path, { params, signal });
  expect(await failureOf(call)).toMatchObject({ kind: "aborted", original: { message: "enough" } });
});

test("accepts an openapi-fetch client with its own Request class", async () => {
  const { client, sent } = world([json({}, 503), json(items[0], 201)]);
  const http = createClient<paths>({ baseUrl: client.baseUrl, fetch: client.fetch });
  // A real Request allows this, a light one does not.
  http.use({ onRequest: ({ request }) => new Request(request, { headers: request.headers }) });
  const body = { qualification: "StateOwnedEntity" } as const;
  const { data } = await http.POST(path, { params, body });
  expect(data).toEqual(items[0]);
  expect(sent.map((request) => request.body)).toEqual(Array(2).fill(JSON.stringify(body)));
});
