import { testTokens } from "@partner-qualifications/mock";
import { contract } from "@partner-qualifications/spec/model";
import { describe, expect, test } from "vitest";
import { answeringServer } from "./answering-server.ts";
import { collect } from "./collect.ts";
import { faultsOfRequest, httpHeaders } from "./check-request.ts";
import { operations } from "./documented-answers.ts";
import { domainMethods } from "./domain-methods.ts";
import { parsed } from "./expected-error.ts";
import { httpCall } from "./http-call.ts";
import { recordedWorld, transports } from "./recorded-world.ts";

// The client's requests on the wire.

const school = "11111111-2222-3333-4444-555555555555";
const strange = "a/b?c=d&e#f é%20+";

/** The refusal of each test token. */
const refusalOf: Record<string, { status: number; code: string }> = {
  expired: { status: 401, code: "400" },
  "wrong-audience": { status: 401, code: "900420" },
  "app-only": { status: 403, code: "900329" },
};
const tokens = Object.entries(domainMethods).flatMap(([name, method]) =>
  testTokens.map(({ token }) => ({ name, token, method })),
);

describe("every operation", () => {
  test.each(operations)("$id encodes values in path and query", async (operation) => {
    await using it = await recordedWorld();
    const fill = (part: string) =>
      Object.fromEntries(
        operation.parameters.filter((one) => one.in === part).map(({ name }) => [name, strange]),
      );
    const { response } = await httpCall(it, operation, {
      path: fill("path"),
      query: fill("query"),
    });
    const [exchange] = it.exchanges;
    const { url } = exchange?.message ?? {};
    expect(url?.pathname).toBe(
      operation.path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(strange)),
    );
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual(fill("query"));
    expect(response.status).toBe(exchange?.reply.status);
  });

  test.each(operations)("$id sends each example of a body", async (operation) => {
    const { body: documented } = operation;
    for (const media of Object.values(documented?.content ?? {})) {
      for (const example of Object.values(media.examples)) {
        await using it = await recordedWorld();
        const content = { "": { ...media, examples: { example } } };
        await httpCall(it, {
          ...operation,
          ...(documented && { body: { ...documented, content } }),
        });
        expect(it.exchanges[0]?.message.body.text).toBe(JSON.stringify(example.value));
        expect(it.faultsOfRequests()).toEqual([]);
      }
    }
  });
});

describe("every method", () => {
  test.each(Object.entries(domainMethods))(
    "%s sends documented headers and unique identifiers",
    async (_, { call }) => {
      for (const transport of transports) {
        await using it = await recordedWorld({ transport, client: { applicationName: "contoso" } });
        await call(it.client, school);
        await call(it.client, "22222222-2222-3333-4444-555555555555");
        for (const name of ["ms-requestid", "ms-correlationid"]) {
          const values = it.exchanges.map(({ message }) => message.headers[name]);
          expect(new Set(values).size, name).toBe(it.exchanges.length);
        }
        for (const { message } of it.exchanges) {
          expect(message.headers["ms-partnercenter-application"]).toBe("contoso");
          expect(message.headers.accept).toBe("application/json");
        }
        expect(it.faultsOfRequests()).toEqual([]);
      }
    },
  );

  test("keeps a caller's identifiers", async () => {
    await using it = await recordedWorld();
    const own = {
      requestId: "037db222-6d8e-4d7f-ba78-df3dca33fb68",
      correlationId: "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745",
    };
    await it.client.qualifications.list(school, own);
    expect(it.exchanges[0]?.message.headers).toMatchObject({
      "ms-requestid": own.requestId,
      "ms-correlationid": own.correlationId,
    });
  });

  test.each(tokens)("$name with the token $token", async ({ token, method }) => {
    await using it = await recordedWorld({ client: { credential: () => token } });
    const operation = operations.find((one) => one.id === method.operationId);
    const { status, code } = refusalOf[token] ?? { status: 0, code: "" };
    const result = await method.call(it.client, school).catch((reason: unknown) => reason);
    const bodies = it.exchanges.map(({ reply }) => parsed(reply.body));
    const reported = {
      // After a 401 the same token is not sent again, so the error has no response.
      401: { kind: "authentication" },
      403:
        operation?.needsUser === false
          ? method.value(bodies)
          : { kind: "permission", status, code },
    }[status];
    expect(result).toMatchObject(reported as object);
    // Nothing is retried.
    const ids = it.exchanges.map(({ message }) => message.headers["ms-requestid"]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("a validation code", () => {
  test("sends a validation code in the query and in the body, for old and new sources", async () => {
    await using it = await recordedWorld();
    await it.client.qualifications.request(school, {
      qualification: "GovernmentCommunityCloud",
      validationCode: "12345",
    });
    const { url, body } = it.exchanges[0]?.message ?? {};
    expect(url?.searchParams.get("code")).toBe("12345");
    expect(JSON.parse(body?.text ?? "")).toMatchObject({ validationCode: "12345" });
    expect(it.faultsOfRequests()).toEqual([]);
  });
});

describe("customers", () => {
  test("reads all pages of the customers, each customer once", async () => {
    await using it = await recordedWorld();
    const onePage = await collect(it.client.customers.list());
    const before = it.exchanges.length;
    const paged = await collect(it.client.customers.list({ size: 2 }));
    expect(paged).toEqual(onePage);
    expect(it.exchanges.length - before).toBe(Math.ceil(onePage.length / 2));
    const found = await collect(it.client.customers.list({ companyName: "CONTOSO c" }));
    expect(found.map(({ companyProfile }) => companyProfile.companyName)).toEqual([
      "Contoso College",
    ]);
    expect(it.faultsOfRequests()).toEqual([]);
  });

  test.each(["Ärzte & Söhne", "100% = all?", "a+b#c"])("searches for %s", async (name) => {
    await using it = await recordedWorld();
    await collect(it.client.customers.list({ companyName: name }));
    const asked = it.exchanges[0]?.message.url.searchParams.get("filter") ?? "";
    expect(JSON.parse(asked)).toMatchObject({ Value: name, Operator: "starts_with" });
    expect(it.faultsOfRequests()).toEqual([]);
  });
});

describe("every request", () => {
  test.each(transports)("does not follow a redirect over %s", async (transport) => {
    await using it = await recordedWorld();
    // The redirect's target would answer.
    const headers = { Location: `${it.mock.url}/v1/customers/all/validations` };
    await using server = await answeringServer({ status: 307, headers, body: "" });
    await using other = await recordedWorld({ transport, baseUrl: async () => server.url });
    await expect(other.client.validationCodes.list()).rejects.toMatchObject({
      kind: "unexpectedResponse",
      status: 307,
    });
    expect(it.exchanges).toEqual([]);
  });

  test("reports an invalid request", () => {
    const url = new URL(`http://localhost/v1/customers/${school}/qualifications`);
    const good = {
      method: "POST",
      url,
      headers: { accept: "application/json", "content-type": "application/json" },
      body: '{"qualification":"Education"}',
    };
    const faultOf = (change: object) => faultsOfRequest(contract, { ...good, ...change });
    expect(faultOf({})).toEqual([]);
    const headers = (more: object) => ({ headers: { ...good.headers, ...more } });
    expect(faultOf(headers({ "x-own": "1" }))).toEqual([
      "requestQualification: the header x-own is not documented",
    ]);
    expect(faultOf(headers({ "ms-requestid": "1" }))).not.toEqual([]);
    expect(faultOf(headers({ accept: "image/png" }))).not.toEqual([]);
    expect(faultOf(headers({ "content-type": "text/plain" }))).not.toEqual([]);
    expect(faultOf({ url: new URL("?page=1", url) })).not.toEqual([]);
    expect(faultOf({ url: new URL("/v1/customers/1/qualifications", url) })).not.toEqual([]);
    expect(faultOf({ url: new URL("/v2", url) })).not.toEqual([]);
    expect(faultOf({ method: "DELETE" })).not.toEqual([]);
    expect(faultOf({ body: '{"qualification":"Nonprofit"}' })).not.toEqual([]);
    expect(faultOf({ body: "{" })).not.toEqual([]);
    expect(faultOf({ method: "GET" })).toEqual([
      "listQualifications: there is a body, and none is documented",
    ]);
    const withoutType = new URL(`http://localhost/v1/customers/${school}/validationStatus`);
    expect(faultOf({ method: "GET", url: withoutType, body: "" })).toEqual([
      "getValidationStatus: query type is missing",
    ]);
  });

  test("lists only HTTP headers sent by some request", async () => {
    const seen = new Set<string>();
    for (const transport of transports) {
      await using it = await recordedWorld({ transport });
      for (const { call } of Object.values(domainMethods)) await call(it.client, school);
      for (const { message } of it.exchanges) {
        for (const name of Object.keys(message.headers)) seen.add(name);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(Object.keys(httpHeaders)));
  });
});
