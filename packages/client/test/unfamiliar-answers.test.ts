import { describe, expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

// Undocumented responses: what the client reports and what it reads.

const education = { qualification: "Education", educationSegment: "K12" } as const;
const text = (body: string, status: number, type: string) =>
  new Response(body, { status, headers: { "Content-Type": type } });

const again = async () => ({ token: "the-same-token", expiresOnTimestamp: Date.now() + 3e6 });

describe("throws the service's own error, despite the client's conclusions", () => {
  const refusal = { code: "900420", description: "The audience is not accepted" };
  const refused = () => json(refusal, 401, { "MS-RequestId": "its-own" });

  test.each([
    ["a constant token", () => "the-same-token", /returned the rejected token again/],
    ["@azure/identity's cache", { getToken: again }, /returned the rejected token again/],
    [
      "a credential that fails the second time",
      {
        getToken: async (_: string, { forceRefresh }: { forceRefresh: boolean }) => {
          if (forceRefresh) throw Object.assign(new Error("secret"), { code: "EAI_AGAIN" });
          return { token: "the-first-token" };
        },
      },
      /The credential failed: Error \(EAI_AGAIN\)/,
    ],
    [
      "a credential that gives nothing the second time",
      {
        getToken: async (_: string, { forceRefresh }: { forceRefresh: boolean }) =>
          forceRefresh ? null : { token: "the-first-token" },
      },
      /credential must return a token/,
    ],
  ])("with %s", async (_, credential, note) => {
    const { client, sent } = world([refused()], { credential });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toMatchObject({ kind: "authentication", status: 401, ...refusal, attempts: 1 });
    expect(error.message).toContain("Partner Center returned 401 (code 900420): The audience");
    expect(error.message).toMatch(note);
    expect(error.requestId).toBe(sent[0]?.headers["ms-requestid"]);

    const response = await client.fetch(new Request(`${client.baseUrl}/v1/customers`));
    expect([response.status, await response.json()]).toEqual([401, refusal]);
    const { error: body } = await createHttpClient(client).GET("/v1/customers");
    expect(body).toEqual(refusal);
  });

  test("has at least the status of an empty 401", async () => {
    const { client } = world([new Response(null, { status: 401 })]);
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({ status: 401 });
  });
});

test.each<[string, Response, object]>([
  [
    "OData's",
    json({ error: { code: "AuthorizationFailed", message: "No role" } }, 403),
    { code: "AuthorizationFailed", description: "No role" },
  ],
  [
    "a list of errors",
    json({ errors: [{ errorCode: 17, errorMessage: "Not now" }] }, 400),
    { code: "17", description: "Not now" },
  ],
  [".NET's", json({ Code: "2000", Message: "Bad" }, 400), { code: "2000", description: "Bad" }],
  [
    "problem details",
    json({ type: "about:blank", title: "Too big", detail: "Over 1 MB" }, 413),
    { description: "Over 1 MB" },
  ],
  [
    "a gateway's fault",
    json({ fault: { faultstring: "Quota", detail: { errorcode: "policies.Quota" } } }, 429),
    { description: "Quota" },
  ],
  [
    "JSON of another service",
    json({ ok: false, why: 7 }, 400),
    { description: '{"ok":false,"why":7}' },
  ],
  [
    "a page",
    text(
      "<html><style>p { color: red }</style><script>alert(1)</script><p>Service  <b>paused</b></p>",
      503,
      "text/html; charset=utf-8",
    ),
    { description: "text/html: Service paused" },
  ],
  ["XML", text("<Error><Code>7</Code></Error>", 400, "text/xml"), { description: "text/xml: 7" }],
])("describes an error body of the kind: %s", async (_, answer, expected) => {
  const { client } = world([answer], { retry: { maxAttempts: 1, maxRetryAfterMs: 1 } });
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject(expected);
});

test("reports a captive portal's page", async () => {
  const { client } = world([text("<h1>Sign in to Contoso Wi-Fi</h1>", 200, "text/html")]);
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "unexpectedResponse",
    status: 200,
    description: "text/html: Sign in to Contoso Wi-Fi",
    message: expect.stringContaining("Sign in to Contoso Wi-Fi"),
  });
});

test("excerpts a page briefly and without the token", async () => {
  const { client } = world([text(`canary-token ${"long ".repeat(1e5)}`, 400, "text/plain")]);
  const { description } = await failureOf(client.qualifications.list(customerId));
  expect(String(description)).toMatch(/^… long/);
  expect(String(description).length).toBeLessThanOrEqual(1024);
});

test.each([
  ["t", "No relationship with that tenant"],
  ["rel", "No relationship with that tenant"],
  ["ship-tenant", "No relationship-tenant here, not ship-tenants"],
])("keeps a message readable despite the token %j", async (token, description) => {
  const { client } = world([json({ code: "1", description }, 400)], { credential: () => token });
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({ description });
});

test.each([
  ["canary-token", "It was canary-token, was it?", "It was …, was it?"],
  ["a-canary-of-many-letters", "xa-canary-of-many-lettersx", "x…x"],
])("removes the token %j", async (token, said, description) => {
  const { client } = world([json({ code: "1", description: said }, 400)], {
    credential: () => token,
  });
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({ description });
});

describe("reads a list", () => {
  const approved = {
    qualification: "Education",
    vettingStatus: "Approved",
    vettingCreateDate: "2026-01-05T09:00:00Z",
  };
  test.each([
    [
      "whatever the case of names",
      [
        {
          Qualification: "Education",
          VettingStatus: "Approved",
          VETTINGCREATEDATE: "2026-01-05T09:00:00Z",
        },
      ],
    ],
    [
      "whatever the case of values",
      [{ ...approved, qualification: "education", vettingStatus: "APPROVED" }],
    ],
    [
      "with the date's other name",
      [
        {
          qualification: "Education",
          vettingStatus: "Approved",
          vettingCreatedDate: "2026-01-05T09:00:00Z",
        },
      ],
    ],
    ["in OData's wrapper", { "@odata.count": 1, value: [approved] }],
    ["in Partner Center's wrapper", { totalCount: 1, items: [approved], links: { self: {} } }],
    ["in a wrapper in a wrapper", { data: { Qualifications: [approved] } }],
    ["beside an empty list", { errors: [], result: [approved] }],
    ["as one item", approved],
  ])("%s", async (_, body) => {
    const { client } = world([json(body)]);
    expect(await client.qualifications.list(customerId)).toEqual([approved]);
  });

  test("with unknown names and values, unchanged", async () => {
    const item = { qualification: "Museum", vettingStatus: "On Hold", Extra: { Deep: 1 } };
    const { client } = world([json([item])]);
    expect(await client.qualifications.list(customerId)).toEqual([item]);
  });

  test("reports unreadable items and omits them", async () => {
    const warnings: string[] = [];
    const { client } = world([json([null, approved, "Education", { qualification: 7 }])], {
      hooks: { warning: ({ message }) => void warnings.push(message) },
    });
    expect(await client.qualifications.list(customerId)).toEqual([approved]);
    expect(warnings).toEqual(["3 members of the list could not be read"]);
  });

  test("but throws for one without any readable item, instead of an empty list", async () => {
    const { client } = world([json([{ id: 1 }, { id: 2 }])]);
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      kind: "unexpectedResponse",
      description: '[{"id":1},{"id":2}]',
    });
  });
});

test.each(["approved", "APPROVED", "Approved"])(
  "ends a vetting with the status %j, despite lower case and .NET's first date",
  async (vettingStatus) => {
    const { client } = world([
      json({ qualification: "education", vettingStatus: "inReview" }, 201),
      json([
        { qualification: "education", vettingStatus, vettingCreateDate: "0001-01-01T00:00:00" },
      ]),
    ]);
    const vetting = await client.qualifications.request(customerId, education);
    expect(await vetting.pollUntilDone()).toMatchObject({ status: "Approved" });
  },
);

test.each([
  [401, ""],
  [404, ""],
  [500, ""],
])("returns an error for an empty %i from the HTTP client", async (status, body) => {
  const { client } = world([new Response(body, { status })], { retry: { maxAttempts: 1 } });
  const { error, data } = await createHttpClient(client).GET("/v1/customers");
  expect(data).toBeUndefined();
  expect(error).toMatchObject({ description: expect.stringContaining(String(status)) });
});

test.each([
  "/v1/customers/../../secrets",
  "/v1/customers/..",
  "/v1/%2e%2E/customers",
  "/v1/.%2e",
  "/v1/..\\customers",
  "/./v1",
])("never sends the token outside the base URL: %s", async (path) => {
  const { client, sent } = world([json([])], { baseUrl: "https://proxy.example/partner-center" });
  const url = `${client.baseUrl}${path}`;
  const request = { url, method: "GET", headers: new Headers() };
  expect(await failureOf(client.fetch(request))).toMatchObject({ kind: "invalidRequest" });
  expect(sent).toEqual([]);
});

test("rejects a customer id of two dots in the HTTP client", async () => {
  const { client, sent } = world([json([])]);
  const call = createHttpClient(client).GET("/v1/customers/{customer_id}/qualifications", {
    params: { path: { customer_id: ".." } },
  });
  expect(await failureOf(call)).toMatchObject({ kind: "invalidRequest" });
  expect(sent).toEqual([]);
});

test.each([
  ["1.5", 1500],
  ["2,3", 3000],
  ["3, 2", 3000],
  ["Monday, 05-Jan-26 09:00:04 GMT", 4000],
  ["Mon Jan  5 09:00:04 2026", 4000],
  ["Mon, 05 Jan 2026 09:00:04 GMT", 4000],
])("waits for a Retry-After of %j", async (value, wait) => {
  const { client, sent } = world([json({}, 503, { "Retry-After": value }), json([])]);
  await client.qualifications.list(customerId);
  // Plus jitter of a twentieth.
  expect(sent[1]?.at).toBe(wait * 1.05);
});
