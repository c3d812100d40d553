import { expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { AuthenticationError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const ok = json([]);
const refused = json({ code: "800001", description: "No" }, 401);
const jwt = (claims: object) =>
  ["{}", JSON.stringify(claims), "x"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

test("after a 401 another token is asked for, once, and the call replayed", async () => {
  const asked: boolean[] = [];
  const { client, sent } = world([refused, ok], {
    credential: {
      async getToken(_, { forceRefresh }) {
        asked.push(forceRefresh);
        return { token: forceRefresh ? "new" : "old" };
      },
    },
  });
  expect(await client.qualifications.list(customerId)).toEqual([]);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
  expect(asked).toEqual([false, true]);
  expect(sent[0]?.headers["ms-requestid"]).toBe(sent[1]?.headers["ms-requestid"]);
});

test("a second 401 is the end", async () => {
  let number = 0;
  const { client, sent } = world([refused], { credential: () => `token-${number++}` });
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ status: 401, code: "800001" });
  expect(sent).toHaveLength(2);
});

test("the same token again after a 401 is an error, and is not replayed", async () => {
  const { client, sent } = world([refused], { credential: () => "same" });
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toMatchObject({
    kind: "authentication",
    message: "The credential gave the refused token again",
  });
  expect(sent).toHaveLength(1);
});

test("a thousand callers with an expired token share one refresh", async () => {
  let asked = 0;
  const { client, sent } = world(
    [({ headers }) => (headers.authorization === "Bearer new" ? ok.clone() : refused.clone())],
    {
      credential: {
        async getToken(_, { forceRefresh }) {
          if (forceRefresh) asked++;
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
  expect(asked).toBe(1);
  expect(sent.length).toBeLessThanOrEqual(2000);
});

test("a token is kept until shortly before it expires", async () => {
  let asked = 0;
  const { client, clock } = world([ok], {
    credential: {
      getToken: async () => ({
        token: `token-${asked++}`,
        expiresOnTimestamp: clock.now() + 3_600_000,
      }),
    },
  });
  await client.qualifications.list(customerId);
  await client.qualifications.list(customerId);
  expect(asked).toBe(1);
  clock.advance(3_600_000 - 59_000);
  await client.qualifications.list(customerId);
  expect(asked).toBe(2);
});

test("a function is asked before every call, so it may decide anew", async () => {
  const tokens = ["one", "two"];
  const { client, sent } = world([ok], { credential: () => tokens.shift() ?? "" });
  await client.qualifications.list(customerId);
  await client.qualifications.list(customerId);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(["Bearer one", "Bearer two"]);
});

test("a credential that never settles ends with the call's time", async () => {
  const { client } = world([ok], {
    credential: { getToken: () => new Promise(() => {}) },
    totalTimeoutMs: 20,
  });
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "timeout",
  });
});

test("aborting does not wait for the credential", async () => {
  const { client } = world([ok], { credential: { getToken: () => new Promise(() => {}) } });
  const signal = AbortSignal.timeout(10);
  expect(await failureOf(client.qualifications.list(customerId, { signal }))).toMatchObject({
    kind: "aborted",
  });
});

test("one caller's abort does not end the refresh that others wait for", async () => {
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

const future = 4_102_444_800;
test.each([
  ["of an ended audience", { aud: "https://graph.windows.net", exp: future }, /900420/],
  ["of an ended audience, by its id", { aud: "00000002-0000-0000-c000-000000000000" }, /900420/],
  ["past its expiry", { exp: 1_500_000_000 }, /expired \d+ minutes ago/],
])("a token %s is refused before anything is sent", async (_, claims, message) => {
  const { client, sent } = world([ok], { credential: () => jwt(claims) });
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error.message).toMatch(message);
  expect(sent).toEqual([]);
});

test.each([
  { idtyp: "app", exp: future },
  { oid: "a", sub: "a" },
])("the app-only token %o is refused where a user is needed, and only there", async (claims) => {
  const { client, sent } = world([ok], { credential: () => jwt(claims) });
  await client.qualifications.list(customerId);
  expect(sent).toHaveLength(1);
  const asking = client.qualifications.request(customerId, { qualification: "StateOwnedEntity" });
  expect((await failureOf(asking)).message).toMatch(/900329/);
  expect(sent).toHaveLength(1);
});

test.each(["opaque", "a.b.c", "a.e30.c", `${jwt({ aud: 7, exp: "soon" })}`])(
  "the token %s says nothing that is known, and is sent as it is",
  async (token) => {
    const { client, sent } = world([ok], { credential: () => token });
    await client.qualifications.list(customerId);
    expect(sent[0]?.headers.authorization).toBe(`Bearer ${token}`);
  },
);

test("the look at tokens can be switched off", async () => {
  const { client, sent } = world([ok], { credential: () => jwt({ exp: 1 }), preflight: false });
  await client.qualifications.list(customerId);
  expect(sent).toHaveLength(1);
});

test("one caller's token is never sent for another, when a function decides", async () => {
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
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(["Bearer alice", "Bearer bob"]);
});

test("a token that a function gave for one caller is not the next one of another", async () => {
  const given = ["alice-old", "bob-old", "alice-new", "bob-new"];
  const { client, sent } = world(
    [({ headers }) => (headers.authorization?.endsWith("old") ? refused : ok).clone()],
    {
      // What `() => credential.getToken(scope)` gives, where no types are looked at.
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

test("a token never goes to another address than the one that was checked", async () => {
  const { client, sent } = world([ok]);
  const http = createHttpClient(client);
  const call = http.GET("/v1/customers/all/validations", { baseUrl: "http://evil.example" });
  expect(await failureOf(call)).toMatchObject({ kind: "invalidRequest", argument: "baseUrl" });
  expect(sent).toEqual([]);
});

test("an aborted call does not ask for a token, and leaves no rejection behind", async () => {
  let asked = 0;
  const { client } = world([refused], {
    credential: {
      getToken: async (_, { forceRefresh }) => {
        asked++;
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
  const before = asked;
  await failureOf(client.qualifications.list(customerId, { signal }));
  expect(asked).toBe(before);
});

test.each([
  ["shown where they were made to be", true, "The credential failed: Sign in again"],
  ["not shown where they may hold a secret", false, "The credential failed"],
])("the words of a credential's failure are %s", async (_, branded, message) => {
  const brand = branded && { [Symbol.for("@partner-qualifications/credentials/error")]: true };
  const { client } = world([ok], {
    credential: () => {
      throw Object.assign(new Error("Sign in again"), brand);
    },
  });
  expect((await failureOf(client.qualifications.list(customerId))).message).toBe(message);
});
