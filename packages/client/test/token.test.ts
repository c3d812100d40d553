import { describe, expect, test } from "vitest";
import { createHttpClient } from "../src/http/index.ts";
import { AuthenticationError } from "../src/index.ts";
import { FakeClock } from "../src/testing/fake-clock.ts";
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
    status: 401,
    message: expect.stringContaining("The credential gave the refused token again"),
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

test("keeps a token, and renews it in the background in its last minute", async () => {
  let asked = 0;
  const { client, clock, sent } = world([ok], {
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
  await client.qualifications.list(customerId);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(
    ["0", "0", "0", "1"].map((number) => `Bearer token-${number}`),
  );
});

test("renews a token in the background from refreshAfterTimestamp on", async () => {
  let asked = 0;
  const { client, clock } = world([ok], {
    credential: {
      getToken: async () => ({
        token: `token-${asked++}`,
        expiresOnTimestamp: clock.now() + 3_600_000,
        refreshAfterTimestamp: clock.now() + 1_800_000,
      }),
    },
  });
  for (const minutes of [0, 29, 2]) {
    clock.advance(minutes * 60_000);
    await Promise.all([1, 2, 3].map(() => client.qualifications.list(customerId)));
  }
  expect(asked).toBe(2);
});

test("uses a token until it expires while its renewal fails", async () => {
  let [asked, isDown] = [0, false];
  const { client, clock, sent } = world([ok], {
    credential: {
      async getToken() {
        asked++;
        if (isDown) throw new Error("The endpoint is down");
        return { token: "first", expiresOnTimestamp: clock.now() + 3_600_000 };
      },
    },
  });
  await client.qualifications.list(customerId);
  isDown = true;
  clock.advance(3_600_000 - 60_000);
  for (let second = 0; second < 54; second++) {
    await client.qualifications.list(customerId);
    clock.advance(1000);
  }
  expect(sent).toHaveLength(55);
  // Not with every call, which would keep it down.
  expect(asked).toBe(3);
  clock.advance(5000);
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "authentication",
  });
});

describe("a token that has expired by our own clock", () => {
  test("is renewed once before it is sent", async () => {
    const { client, clock, sent } = world([ok], {
      credential: {
        getToken: async (_, { forceRefresh }) => ({
          token: jwt({ exp: clock.now() / 1000 + (forceRefresh ? 3600 : -3600) }),
        }),
      },
    });
    await client.qualifications.list(customerId);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers.authorization).toBe(
      `Bearer ${jwt({ exp: clock.now() / 1000 + 3600 })}`,
    );
  });

  test("is sent when there is no other, for the service to decide", async () => {
    const { client, clock, sent } = world([ok], {
      credential: () => jwt({ exp: clock.now() / 1000 - 3600 }),
    });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  test("explains a 401", async () => {
    const { client, clock } = world([refused], {
      credential: () => jwt({ exp: clock.now() / 1000 - 3600 }),
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      kind: "authentication",
      status: 401,
      code: "800001",
      message: expect.stringContaining("The token expired 60 minutes ago"),
    });
  });
});

test.each([10, 45, -45])("loses no call while the clock is %i minutes fast", async (fast) => {
  // By the service's clock; the credential passes on what the token endpoint said.
  const skew = fast * 60_000;
  const issued: boolean[] = [];
  let kept: { exp: number; token: string } | undefined;
  const { client, clock, sent } = world(
    [
      ({ headers, at }) => {
        const now = start + at - skew;
        const [, claims = ""] = headers.authorization!.split(".");
        const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { exp: number };
        return json([], exp * 1000 > now ? 200 : 401, { Date: new Date(now).toUTCString() });
      },
    ],
    {
      credential: {
        async getToken(_, { forceRefresh }) {
          const now = clock.now() - skew;
          if (!kept || forceRefresh || kept.exp * 1000 <= now) {
            const exp = Math.floor(now / 1000) + 3600;
            kept = { exp, token: jwt({ exp }) };
            issued.push(forceRefresh);
          }
          return { token: kept.token, expiresOnTimestamp: kept.exp * 1000 };
        },
      },
    },
  );
  const start = clock.now();
  for (let minute = 0; minute < 300; minute++) {
    await client.qualifications.list(customerId);
    clock.advance(60_000);
  }
  expect(sent.length).toBeLessThanOrEqual(306);
  expect(issued.length).toBeLessThanOrEqual(7);
});

test.each([429, 503])("renews a token that expires while a call waits after %i", async (status) => {
  let made = 0;
  const { client, clock, sent } = world([json({}, status, { "Retry-After": "50" }), ok], {
    credential: {
      getToken: async () => ({
        token: `token-${made++}`,
        expiresOnTimestamp: clock.now() + 30_000,
      }),
    },
  });
  await client.qualifications.list(customerId);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer token-0",
    "Bearer token-1",
  ]);
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
  ["not shown where they may hold a secret", false, "The credential failed: Error"],
])("the words of a credential's failure are %s", async (_, branded, message) => {
  const brand = branded && { [Symbol.for("@partner-qualifications/credentials/error")]: true };
  const { client } = world([ok], {
    credential: () => {
      throw Object.assign(new Error("Sign in again"), brand);
    },
  });
  expect((await failureOf(client.qualifications.list(customerId))).message).toBe(message);
});

test("asks the credential again from refreshAfterTimestamp on, and lives with its failure", async () => {
  let asked = 0;
  const { client, clock, sent } = world([ok], {
    credential: {
      getToken: async () => {
        if (asked++ > 0) throw new Error("down");
        const now = clock.now();
        return {
          token: "old",
          expiresOnTimestamp: now + 3_600_000,
          refreshAfterTimestamp: now + 1_800_000,
        };
      },
    },
  });
  await client.qualifications.list(customerId);
  clock.advance(1_799_000);
  await client.qualifications.list(customerId);
  expect(asked).toBe(1);
  for (const ms of [2000, 1_790_000]) {
    clock.advance(ms);
    await client.qualifications.list(customerId);
  }
  expect(asked).toBe(3);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill("Bearer old"));
  clock.advance(10_000);
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toBeInstanceOf(AuthenticationError);
});
test.each<[string, (now: number) => unknown, number]>([
  ["milliseconds", (now) => now + 3_600_000, 1],
  ["seconds", (now) => now / 1000 + 3600, 1],
  ["a date", (now) => new Date(now + 3_600_000), 1],
  ["nothing", () => undefined, 3],
  ["null", () => null, 3],
  ["zero", () => 0, 3],
])("keeps a token that expires in %s as long as it should", async (_, expires, asked) => {
  let times = 0;
  const clock = new FakeClock();
  const { client } = world([ok], {
    runtime: clock,
    credential: {
      getToken: async () => ({
        token: `token-${times++}`,
        expiresOnTimestamp: expires(clock.now()) as number,
      }),
    },
  });
  for (let call = 0; call < 3; call++) await client.qualifications.list(customerId);
  expect(times).toBe(asked);
  clock.advance(3_600_000);
  await client.qualifications.list(customerId);
  expect(times).toBe(asked + 1);
});

test.each(["2026-01-05T10:00:00Z", Number.NaN, {}])(
  "rejects a credential that expires at %j, instead of asking it every time",
  async (expiresOnTimestamp) => {
    const { client, sent } = world([ok], {
      credential: { getToken: async () => ({ token: "token", expiresOnTimestamp }) as never },
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      argument: "credential",
      message: "credential must give expiresOnTimestamp in milliseconds",
    });
    expect(sent).toEqual([]);
  },
);
