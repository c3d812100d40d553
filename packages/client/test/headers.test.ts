import { expect, onTestFinished, test, vi } from "vitest";
import {
  clientVersion,
  contractVersion,
  createQualificationsClient,
  type Hooks,
  InvalidRequestError,
} from "../src/index.ts";
import { contract } from "@partner-qualifications/spec/model";
import manifest from "../package.json" with { type: "json" };
import { customerId, failureOf, json, world } from "./world.ts";

const body = { qualification: "StateOwnedEntity" } as const;

test("sends the client's headers on every call and a call's headers once", async () => {
  const { client, sent } = world([json([])], {
    headers: { "X-Locale": "de-DE", ValidateMfa: "true" },
  });
  await client.qualifications.list(customerId, { headers: { "x-locale": "fr-FR" } });
  await client.validationCodes.list();
  await client.fetch(`${client.baseUrl}/v1/customers`, { headers: { "X-Locale": "sv-SE" } });
  expect(sent.map(({ headers }) => [headers["x-locale"], headers["validatemfa"]])).toEqual([
    ["fr-FR", "true"],
    ["de-DE", "true"],
    ["sv-SE", "true"],
  ]);
});

test.each([
  ["a Headers object", new Headers({ "X-Locale": "de-DE" })],
  ["a list of pairs", [["X-Locale", "de-DE"]] as [string, string][]],
  ["an object with an undefined member", { "X-Locale": "de-DE", "MS-CV": undefined }],
])("accepts %s as headers", async (_, headers) => {
  const { client, sent } = world([json([])]);
  await client.validationCodes.list({ headers });
  expect(sent[0]?.headers).toMatchObject({ "x-locale": "de-DE" });
  expect(sent[0]?.headers).not.toHaveProperty("ms-cv");
});

const item = { qualification: "Education", vettingStatus: "InReview" };
test("sends a call's headers with each of its requests", async () => {
  const answers = [
    json({}, 503),
    json({}, 503),
    json({}, 503),
    json({}, 503),
    json([item]),
    json({}, 403), // the audit records
    json([item]),
    json({ items: [] }),
  ];
  const { client, sent } = world(answers);
  const headers = { "Ocp-Apim-Subscription-Key": "key" };
  const vetting = await client.qualifications.request(
    customerId,
    { qualification: "Education", educationSegment: "K12" },
    { headers },
  );
  expect(vetting.write).toBe("found");
  await vetting.states({ headers }).next();
  for await (const _ of client.customers.list({ headers })) break;
  expect(sent.map(({ method }) => method)).toEqual(
    [..."PPPPGGGG"].map((m) => (m === "P" ? "POST" : "GET")),
  );
  expect(sent.map((one) => one.headers["ocp-apim-subscription-key"])).toEqual(Array(8).fill("key"));
});

test.each([
  ["Authorization", /^headers.Authorization comes from the option credential$/],
  ["MS-RequestId", /comes from the option requestId of a call$/],
  ["ms-correlationid", /comes from the option correlationId of a call$/],
  ["MS-PartnerCenter-Application", /comes from the option applicationName$/],
  ["Accept", /is set by the client, as the contract requires$/],
  ["Content-Type", /is set by the client/],
  ["Content-Length", /is set by the client/],
  ["Host", /is set by the client/],
  ["MS-ContinuationToken", /is set by the client/],
  ["two words", /is not a header name/],
  ["", /is not a header name/],
])("rejects the header %j, per client and per call", async (name, rule) => {
  const headers = { [name]: "canary" };
  const create = () => createQualificationsClient({ credential: "none", headers });
  expect(create).toThrow(InvalidRequestError);
  expect(create).toThrow(rule);
  const { client, sent } = world([json([])]);
  const error = await failureOf(client.qualifications.list(customerId, { headers }));
  expect(error.argument).toBe(`headers.${name}`);
  expect(error.message).toMatch(rule);
  expect(sent).toEqual([]);
});

test.each(["line\nbreak", "Zoë", 7])("rejects the header value %j without showing it", (value) => {
  const headers = { "X-Locale": value as string };
  expect(() => createQualificationsClient({ credential: "none", headers })).toThrow(
    /^headers\.X-Locale must be printable ASCII$/,
  );
});

test("truncates a long header value repeated by the service", async () => {
  const key = "canary-0123456789abcdef";
  const answer = json({ code: "900", description: `the key ${key} is unknown to de-DE` }, 403);
  const { client } = world([answer], {
    headers: { "Ocp-Apim-Subscription-Key": key, "X-Locale": "de-DE" },
    hooks: { attemptStart: ({ headers }) => void (headers["x-signature"] = `${key}${key}`) },
  });
  expect((await failureOf(client.validationCodes.list())).message).toContain(
    "the key … is unknown to de-DE",
  );
});

test("identifies itself and the contract", async () => {
  const { client, sent } = world([json([])]);
  await client.validationCodes.list();
  expect(sent[0]?.headers).toMatchObject({
    "ms-partnercenter-client": manifest.name,
    "ms-sdkversion": clientVersion,
  });
  expect([clientVersion, contractVersion]).toEqual([manifest.version, contract.version]);
});

test("lets a library on top of the client identify itself", async () => {
  const headers = { "MS-PartnerCenter-Client": "Contoso SDK", "MS-SdkVersion": "9.1.0" };
  const { client, sent } = world([json([])], { headers });
  await client.validationCodes.list();
  expect(sent[0]?.headers).toMatchObject({
    "ms-partnercenter-client": "Contoso SDK",
    "ms-sdkversion": "9.1.0",
  });
});

test("lets hooks add headers to each attempt", async () => {
  let spans = 0;
  const trace: Hooks = {
    attemptStart({ headers }) {
      headers["traceparent"] = `00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333${++spans}-01`;
    },
  };
  const { client, sent } = world([json({}, 503), json([])], { hooks: [trace, {}, undefined] });
  await client.validationCodes.list();
  expect(sent.map(({ headers }) => headers["traceparent"]?.slice(-5))).toEqual(["31-01", "32-01"]);
});

test("drops a hook's header reserved for the client, and logs the reason", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => logged.mockRestore());
  const hooks: Hooks = {
    attemptStart: ({ headers }) => void (headers["Authorization"] = "Basic canary"),
  };
  const { client, sent } = world([json({ qualification: "StateOwnedEntity" }, 201)], { hooks });
  await client.qualifications.request(customerId, body);
  expect(sent[0]?.headers["authorization"]).toBe("Bearer canary-token");
  expect(sent[0]?.headers).not.toHaveProperty("Authorization");
  expect(String(logged.mock.calls)).toMatch(
    /attemptStart failed.*comes from the option credential/,
  );
});
