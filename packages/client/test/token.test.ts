import { describe, expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { AuthenticationError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const ok = json([]);
const refused = json({ code: "800001", description: "No" }, 401);

describe("a rejected token", () => {
  test("replays a call with another token after a 401, once", async () => {
    const requested: boolean[] = [];
    const { client, sent } = world([refused, ok], {
      credential: {
        async getToken(_, { forceRefresh }) {
          requested.push(forceRefresh);
          return { token: forceRefresh ? "new" : "old" };
        },
      },
    });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
    expect(requested).toEqual([false, true]);
    expect(sent[0]?.headers["ms-requestid"]).toBe(sent[1]?.headers["ms-requestid"]);
  });

  test("throws after a second 401", async () => {
    let number = 0;
    const { client, sent } = world([refused], { credential: () => `token-${number++}` });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, code: "800001" });
    expect(sent).toHaveLength(2);
  });

  test("throws without a replay if the credential returns the rejected token", async () => {
    const { client, sent } = world([refused], { credential: () => "same" });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toMatchObject({
      kind: "authentication",
      status: 401,
      message: expect.stringContaining("The credential returned the rejected token again"),
    });
    expect(sent).toHaveLength(1);
  });
});

describe("a credential", () => {
  test("makes one refresh for a thousand callers with an expired token", async () => {
    let requested = 0;
    const { client, sent } = world(
      [({ headers }) => (headers.authorization === "Bearer new" ? ok.clone() : refused.clone())],
      {
        credential: {
          async getToken(_, { forceRefresh }) {
            if (forceRefresh) requested++;
            await new Promise((resolve) => setTimeout(resolve, 5));
            return {
              token: forceRefresh ? "new" : "old",
              expiresOnTimestamp: Number.MAX_SAFE_INTEGER,
            };
          },
        },
      },
    );
    await Promise.all(Array.from({ length: 1000 }, () => client.qualifications.list(customerId)));
    expect(requested).toBe(1);
    expect(sent.length).toBeLessThanOrEqual(2000);
  });

  test("calls a credential function before every call", async () => {
    const tokens = ["one", "two"];
    const { client, sent } = world([ok], { credential: () => tokens.shift() ?? "" });
    await client.qualifications.list(customerId);
    await client.qualifications.list(customerId);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual(["Bearer one", "Bearer two"]);
  });

  test("throws a timeout if the credential never settles", async () => {
    const { client } = world([ok], {
      credential: { getToken: () => new Promise(() => {}) },
      totalTimeoutMs: 20,
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      kind: "timeout",
    });
  });

  test("aborts without waiting for the credential", async () => {
    const { client } = world([ok], { credential: { getToken: () => new Promise(() => {}) } });
    const signal = AbortSignal.timeout(10);
    expect(await failureOf(client.qualifications.list(customerId, { signal }))).toMatchObject({
      kind: "aborted",
    });
  });

  test("continues a shared refresh after one caller aborts", async () => {
    const { client } = world([ok], {
      credential: {
        async getToken(_, { signal }) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          signal.throwIfAborted();
          return { token: "late" };
        },
      },
    });
    const impatient = client.qualifications.list(customerId, { signal: AbortSignal.timeout(5) });
    const patient = client.qualifications.list(customerId);
    expect(await failureOf(impatient)).toMatchObject({ kind: "aborted" });
    expect(await patient).toEqual([]);
  });

  test("requests no token for an aborted call, and leaves no unhandled rejection", async () => {
    let requested = 0;
    const { client } = world([refused], {
      credential: {
        getToken: async (_, { forceRefresh }) => {
          requested++;
          if (forceRefresh) throw new Error("no more");
          return { token: "old" };
        },
      },
      hooks: { attemptEnd: () => controller.abort() },
    });
    const controller = new AbortController();
    const { signal } = controller;
    expect(await failureOf(client.qualifications.list(customerId, { signal }))).toMatchObject({
      kind: "aborted",
    });
    const before = requested;
    await failureOf(client.qualifications.list(customerId, { signal }));
    expect(requested).toBe(before);
  });
});

describe("a token", () => {
  test("never sends a function's token for another caller", async () => {
    const names = ["alice", "bob"];
    const { client, sent } = world([ok], {
      credential: async () => {
        const name = names.shift() ?? "";
        await new Promise((resolve) => setTimeout(resolve, 5));
        return name;
      },
    });
    await Promise.all([
      client.qualifications.list(customerId),
      client.qualifications.list(customerId),
    ]);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer alice",
      "Bearer bob",
    ]);
  });

  test("never replays with a function's token for another caller", async () => {
    const given = ["alice-old", "bob-old", "alice-new", "bob-new"];
    const { client, sent } = world(
      [({ headers }) => (headers.authorization?.endsWith("old") ? refused : ok).clone()],
      {
        // The result of an untyped `() => credential.getToken(scope)`.
        credential: (async () => ({
          token: given.shift(),
          expiresOnTimestamp: Number.MAX_SAFE_INTEGER,
        })) as never,
      },
    );
    await Promise.all([
      client.qualifications.list(customerId),
      client.qualifications.list(customerId),
    ]);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual(
      ["alice-old", "bob-old", "alice-new", "bob-new"].map((token) => `Bearer ${token}`),
    );
  });

  test("never sends a token to another base address", async () => {
    const { client, sent } = world([ok]);
    const http = createHttpClient(client);
    const call = http.GET("/v1/customers/all/validations", { baseUrl: "http://evil.example" });
    expect(await failureOf(call)).toMatchObject({ kind: "invalidRequest", argument: "baseUrl" });
    expect(sent).toEqual([]);
  });

  test.each([
    ["shows the message of our credentials' error", true, "The credential failed: Sign in again"],
    ["hides the message of a foreign credential's error", false, "The credential failed: Error"],
  ])("%s", async (_, branded, message) => {
    const brand = branded && { [Symbol.for("@partner-qualifications/credentials/error")]: true };
    const { client } = world([ok], {
      credential: () => {
        throw Object.assign(new Error("Sign in again"), brand);
      },
    });
    expect((await failureOf(client.qualifications.list(customerId))).message).toBe(message);
  });
});
