import crossFetch from "cross-fetch";
import nodeFetch3 from "node-fetch";
import createClient, { type ClientOptions, type Middleware } from "openapi-fetch";
import { fetch as undiciFetch } from "undici";
import { fetch as undici7Fetch } from "undici7";
import { describe, expect, expectTypeOf, test } from "vitest";
import { createHttpClient, type paths } from "@partner-qualifications/client/http";
import {
  type AccessToken,
  type CallOptions,
  createQualificationsClient,
  type Credential,
  type CustomerSearch,
  debugLogger,
  errorFromJSON,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  type Hooks,
  type PartnerCenterError,
  type PollInterval,
  type PollOptions,
  type QualificationRequest,
  type Qualifications,
  type QualificationsClient,
  type QualificationsClientOptions,
  type RetryOptions,
  type Runtime,
  type SomeRequest,
  type SupportBundle,
  type TokenRequest,
  type WriteOptions,
} from "@partner-qualifications/client";
import {
  createNodeFetch,
  type NodeFetch,
  type NodeFetchOptions,
} from "@partner-qualifications/client/node";
import {
  type FakeClient,
  type FakeClientOptions,
  FakeClock,
  type Scenario,
} from "@partner-qualifications/client/testing";

// Assigns every public value to every type meant to accept it: compiling is the test.

type Options = QualificationsClientOptions;
/** Like the credential of `@azure/identity`, which declares its own signal type. */
interface AzureCredential {
  getToken(
    scopes: string | string[],
    options?: {
      abortSignal?: {
        readonly aborted: boolean;
        addEventListener(type: "abort", listener: (this: unknown, event: unknown) => unknown): void;
        removeEventListener(
          type: "abort",
          listener: (this: unknown, event: unknown) => unknown,
        ): void;
      };
    },
  ): Promise<{ token: string; expiresOnTimestamp: number; tokenType?: string } | null>;
}

describe("inputs fit the client", () => {
  test("as fetch", () => {
    expectTypeOf<typeof globalThis.fetch>().toExtend<Fetch>();
    expectTypeOf<NodeFetch>().toExtend<Fetch>();
    expectTypeOf(undiciFetch).toExtend<Fetch>();
    expectTypeOf(undici7Fetch).toExtend<Fetch>();
    expectTypeOf(nodeFetch3).toExtend<Fetch>();
    expectTypeOf(crossFetch).toExtend<Fetch>();
    // One client behind another, as behind a gateway.
    expectTypeOf<QualificationsClient["fetch"]>().toExtend<Fetch>();
    // Written for an older version, with the web's parameter types.
    expectTypeOf<(url: string, init: RequestInit) => Promise<Response>>().toExtend<Fetch>();
  });

  test("as its other options", () => {
    expectTypeOf<AzureCredential>().toExtend<Credential>();
    expectTypeOf<() => string>().toExtend<Credential>();
    expectTypeOf<FakeClock>().toExtend<Runtime>();
    expectTypeOf<ReturnType<typeof debugLogger>>().toExtend<Options["hooks"]>();
    expectTypeOf<PartnerCenterError["continuation"]>().toExtend<
      Parameters<Qualifications["request"]>[2]
    >();
    expectTypeOf<ReturnType<PartnerCenterError["toJSON"]>>().toExtend<
      Parameters<typeof errorFromJSON>[0]
    >();
    expectTypeOf<SupportBundle>().toExtend<Parameters<typeof errorFromJSON>[0]>();
  });
});

describe("outputs fit", () => {
  test("wherever a fetch is accepted", () => {
    expectTypeOf<QualificationsClient["fetch"]>().toExtend<typeof globalThis.fetch>();
    expectTypeOf<QualificationsClient["fetch"]>().toExtend<ClientOptions["fetch"]>();
    expectTypeOf<NodeFetch>().toExtend<typeof globalThis.fetch>();
    expectTypeOf<NodeFetch>().toExtend<ClientOptions["fetch"]>();
    expectTypeOf<NodeFetch>().toExtend<AsyncDisposable>();
    expectTypeOf<Request>().toExtend<SomeRequest>();
    expectTypeOf<Response>().toExtend<FetchResponse>();
    expectTypeOf<FetchInit>().toExtend<RequestInit>();
    expectTypeOf<TokenRequest["abortSignal"]>().toExtend<AbortSignal>();
  });

  test("wherever a client is accepted", () => {
    expectTypeOf<FakeClient["client"]>().toEqualTypeOf<QualificationsClient>();
    expectTypeOf<QualificationsClient>().toExtend<Parameters<typeof createHttpClient>[0]>();
    const http = createHttpClient(createQualificationsClient({ credential: "none" }));
    expectTypeOf(http).toEqualTypeOf<ReturnType<typeof createClient<paths>>>();
    expectTypeOf<Middleware>().toExtend<Parameters<typeof http.use>[0]>();
  });
});

/** Returns the optional members that reject `undefined`. */
type Strict<T> = T extends unknown
  ? {
      [K in keyof T]-?: object extends Pick<T, K>
        ? { [P in K]: undefined } extends Pick<T, K>
          ? never
          : K
        : never;
    }[keyof T]
  : never;
type Given = paths["/v1/customers/{customer_id}/qualifications"]["post"]["parameters"];

test("accepts undefined for every optional member of an input", () => {
  expectTypeOf<Strict<Options>>().toBeNever();
  expectTypeOf<Strict<RetryOptions>>().toBeNever();
  expectTypeOf<Strict<Hooks>>().toBeNever();
  expectTypeOf<Strict<Runtime>>().toBeNever();
  expectTypeOf<Strict<CallOptions>>().toBeNever();
  expectTypeOf<Strict<WriteOptions>>().toBeNever();
  expectTypeOf<Strict<PollOptions>>().toBeNever();
  expectTypeOf<Strict<PollInterval>>().toBeNever();
  expectTypeOf<Strict<CustomerSearch>>().toBeNever();
  expectTypeOf<Strict<QualificationRequest>>().toBeNever();
  expectTypeOf<Strict<AccessToken>>().toBeNever();
  expectTypeOf<Strict<SomeRequest>>().toBeNever();
  expectTypeOf<Strict<SupportBundle>>().toBeNever();
  expectTypeOf<Strict<NodeFetchOptions>>().toBeNever();
  expectTypeOf<Strict<FakeClientOptions>>().toBeNever();
  expectTypeOf<Strict<Scenario>>().toBeNever();
  expectTypeOf<Strict<Omit<Given, "path" | "cookie">>>().toBeNever();
  expectTypeOf<Strict<NonNullable<Given["query"]>>>().toBeNever();
  expectTypeOf<Strict<NonNullable<Given["header"]>>>().toBeNever();
  // Tests the test.
  expectTypeOf<Strict<{ a?: string; b?: string | undefined; c: string }>>().toEqualTypeOf<"a">();
});

test("treats an undefined option as omitted", async () => {
  await using fetch = createNodeFetch({ connections: undefined, keepAliveMs: undefined });
  const names = ["environment", "baseUrl", "applicationName", "retry", "hooks", "timeoutMs"];
  const undefineds = Object.fromEntries(names.map((name) => [name, undefined]));
  const client = createQualificationsClient({ credential: "none", fetch, ...undefineds });
  expect(client.baseUrl).toBe("https://api.partnercenter.microsoft.com");
});
