import { describe, expect, test } from "vitest";
import { createQualificationsClient, InvalidRequestError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const credential = () => "token";

const education = { qualification: "Education", educationSegment: "K12" };

// `encodeURIComponent` throws a URIError for it.
const loneSurrogate = "\ud800";

describe("the options of a client", () => {
  test.each([
    [
      "environment",
      { credential, environment: "mars" },
      /must be one of global, usGovernment, china/,
    ],
    ["environment", { credential, environment: "toString" }, /must be one of/],
    ["baseUrl", { credential, baseUrl: "/api" }, /must begin with https/],
    ["baseUrl", { credential, baseUrl: "ftp://a.example" }, /must begin with https/],
    [
      "baseUrl",
      { credential, baseUrl: "http://a.example" },
      /https or loopback, not a.example; set allowInse/,
    ],
    ["baseUrl", { credential, baseUrl: "http://127.0.0.1@a.example" }, /must begin with https/],
    ["baseUrl", { credential, baseUrl: "https://a.example?b=" }, /must begin with https/],
    ["baseUrl", { credential, baseUrl: "https://a b.example" }, /must begin with https/],
    ["applicationName", { credential, applicationName: "Contoso – x" }, /printable ASCII/],
    ["baseUrl", { credential, baseUrl: "http://localhost.a.example" }, /must be https or loopback/],
    ["baseUrl", { credential, baseUrl: "https://a.example/v1" }, /must not end in \/v1/],
    ["baseUrl", { credential, baseUrl: "https://a.example/b/V1/" }, /must not end in \/v1/],
    ["credential", {}, /must be a function/],
    ["credential", { credential: "" }, /must be a function/],
    ["credential", { credential: "a-token" }, /must be a function/],
    ["timeoutMs", { credential, timeoutMs: -1 }, /must be a number above 0, not -1/],
    [
      "totalTimeoutMs",
      { credential, totalTimeoutMs: Number.NaN },
      /must be a number above 0, not NaN/,
    ],
    ["retry.maxAttempts", { credential, retry: { maxAttempts: 0 } }, /must be a number above 0/],
    [
      "retry.maxRetryAfterMs",
      { credential, retry: { maxRetryAfterMs: -5 } },
      /must be a number above 0/,
    ],
    ["timeoutMs", { credential, timeoutMs: "30000" }, /must be a number above 0, not string/],
    [
      "options.retries",
      { credential, retries: 3 },
      /is unknown; did you mean retry\? Valid names are cred/,
    ],
    ["options.timeout", { credential, timeout: 3 }, /did you mean timeoutMs\?/],
    ["options.hedaers", { credential, hedaers: {} }, /did you mean headers\?/],
    ["options.url", { credential, url: "" }, /did you mean baseUrl\?/],
    [
      "options.verbose",
      { credential, verbose: true },
      /is unknown; valid names are credential, env/,
    ],
    ["retry.attempts", { credential, retry: { attempts: 3 } }, /did you mean maxAttempts\? Valid/],
  ])("rejects an invalid option %s: %o", (argument, options, rule) => {
    const create = () => createQualificationsClient(options as never);
    expect(create).toThrow(InvalidRequestError);
    expect(create).toThrow(
      expect.objectContaining({ argument, message: expect.stringMatching(rule) }),
    );
  });

  test("does not repeat a password in an address", () => {
    const baseUrl = "https://user:canary@a.example";
    expect(() => createQualificationsClient({ credential, baseUrl })).toThrow(
      /^baseUrl must begin with https:\/\/ and contain no user name or query$/,
    );
  });

  test.each([
    ["customerId", "contoso", education],
    ["customerId", "", education],
    ["customerId", `{${customerId}}`, education],
    ["customerId", undefined, education],
    ["qualification", customerId, { qualification: "None" }],
    ["qualification", customerId, { qualification: "Nonprofit" }],
    ["qualification", customerId, { qualification: "education" }],
    ["qualification", customerId, undefined],
    ["educationSegment", customerId, { qualification: "Education" }],
    ["validationCode", customerId, { qualification: "GovernmentCommunityCloud" }],
    [
      "validationCode",
      customerId,
      { qualification: "GovernmentCommunityCloud", validationCode: "" },
    ],
    [
      "validationCode",
      customerId,
      { qualification: "GovernmentCommunityCloud", validationCode: "a\ud800b" },
    ],
  ])("rejects an invalid %s before sending anything: %j, %j", async (argument, id, body) => {
    const { client, sent } = world([json([])]);
    const error = await failureOf(client.qualifications.request(id as string, body as never));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error.argument).toBe(argument);
    expect(sent).toEqual([]);
  });

  test("uses the global address for partners of the US Government", () => {
    const { baseUrl } = createQualificationsClient({ credential, environment: "usGovernment" });
    expect(baseUrl).toBe("https://api.partnercenter.microsoft.com");
  });
});

describe("the base address", () => {
  test.each([
    "http://localhost:4010",
    "http://127.0.0.1:4010",
    "http://[::1]:4010",
    "https://a.example/b/",
    "https://a.example/v1/b",
  ])("allows a token for %s", (baseUrl) => {
    expect(createQualificationsClient({ credential, baseUrl })).toHaveProperty("baseUrl");
  });

  test("allows plain http without a credential", () => {
    expect(
      createQualificationsClient({ credential: "none", baseUrl: "http://a.example" }),
    ).toBeDefined();
  });

  test.each([
    "http://mock:4010",
    "http://mock.default.svc.cluster.local",
    "http://10.0.0.7:4010/b",
  ])("sends a token to %s when an insecure connection is allowed", async (baseUrl) => {
    const { client, sent } = world([json([])], { baseUrl, allowInsecureConnection: true });
    await client.qualifications.list(customerId);
    expect(sent[0]?.headers["authorization"]).toBe("Bearer canary-token");
    expect(sent[0]?.url).toMatch(baseUrl);
  });

  test("allows only http and https with allowInsecureConnection", () => {
    const options = { credential, baseUrl: "ftp://a.example", allowInsecureConnection: true };
    expect(() => createQualificationsClient(options)).toThrow(/must begin with https/);
  });

  test("normalizes the base URL", async () => {
    const { client, sent } = world([json([])], { baseUrl: "HTTPS://A.Example:443/b/" });
    expect(client.baseUrl).toBe("https://a.example/b");
    await client.fetch(new Request("HTTPS://A.Example:443/b/v1/customers/all/validations"));
    await client.validationCodes.list();
    expect(sent.map(({ url }) => url)).toEqual(
      Array(2).fill("https://a.example/b/v1/customers/all/validations"),
    );
  });
});

describe("the credential", () => {
  test.each(["", "two words", "line\nbreak", undefined])(
    "rejects the token %j before sending anything",
    async (token) => {
      const { client, sent } = world([json([])], { credential: () => token as string });
      expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
        kind: "invalidRequest",
        argument: "credential",
      });
      expect(sent).toEqual([]);
    },
  );

  test("throws an AuthenticationError with the cause if a credential throws", async () => {
    const { client, sent } = world([json([])], {
      credential: () => {
        throw new Error("vault is closed");
      },
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      kind: "authentication",
      message: "The credential failed: Error",
      original: { message: "vault is closed" },
    });
    expect(sent).toEqual([]);
  });
});

describe("the arguments of a call", () => {
  test.each([
    ["list", (client: ReturnType<typeof world>["client"]) => client.qualifications.list("contoso")],
    ["get", (client: ReturnType<typeof world>["client"]) => client.customers.get("contoso")],
    [
      "status",
      (client: ReturnType<typeof world>["client"]) => client.customers.validationStatus(".."),
    ],
  ])("rejects a malformed customer id in %s", async (_, call) => {
    const { client, sent } = world([json([])]);
    expect(await failureOf(call(client))).toMatchObject({ argument: "customerId" });
    expect(sent).toEqual([]);
  });

  test.each<[string, (client: ReturnType<typeof world>["client"]) => Promise<unknown>]>([
    ["a company name", ({ customers }) => customers.list({ companyName: loneSurrogate }).next()],
    [
      "a web site",
      ({ qualifications }) =>
        qualifications.request(customerId, {
          qualification: "Education",
          educationSegment: "K12",
          website: loneSurrogate,
        }),
    ],
    [
      "a validation code",
      ({ qualifications }) =>
        qualifications.request(customerId, {
          qualification: "GovernmentCommunityCloud",
          validationCode: loneSurrogate,
        }),
    ],
  ])("throws no URIError for a lone surrogate in %s", async (_, call) => {
    // Also not for one in the response.
    const answer = json({ code: loneSurrogate, description: loneSurrogate }, 400);
    const { client } = world([answer], { docsBase: "https://docs.example" });
    expect(await failureOf(call(client))).toHaveProperty("kind");
  });

  test("rejects an interval of zero or less", async () => {
    const { client } = world([json({ qualification: "StateOwnedEntity" }, 201)]);
    const vetting = await client.qualifications.request(customerId, {
      qualification: "StateOwnedEntity",
    });
    const polling = vetting.pollUntilDone({ interval: { initialMs: 0 } });
    expect(await failureOf(polling)).toMatchObject({ argument: "interval.initialMs" });
  });

  test("rejects an AbortController passed as `signal`", async () => {
    const { client, sent } = world([json([])]);
    const signal = new AbortController() as never;
    expect(await failureOf(client.qualifications.list(customerId, { signal }))).toMatchObject({
      argument: "signal",
      message: "signal must be an AbortSignal",
    });
    expect(sent).toEqual([]);
  });
});
