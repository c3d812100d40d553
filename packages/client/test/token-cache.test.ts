import { expect, test } from "vitest";
import { AuthenticationError } from "../src/index.ts";
import { FakeClock } from "../src/testing/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const ok = json([]);

test("renews a cached token in the background in its last minute", async () => {
  let requested = 0;
  const { client, clock, sent } = world([ok], {
    credential: {
      getToken: async () => ({
        token: `token-${requested++}`,
        expiresOnTimestamp: clock.now() + 3_600_000,
      }),
    },
  });
  await client.qualifications.list(customerId);
  await client.qualifications.list(customerId);
  expect(requested).toBe(1);
  clock.advance(3_600_000 - 59_000);
  await client.qualifications.list(customerId);
  expect(requested).toBe(2);
  await client.qualifications.list(customerId);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(
    ["0", "0", "0", "1"].map((number) => `Bearer token-${number}`),
  );
});

test("renews a token in the background from refreshAfterTimestamp on", async () => {
  let requested = 0;
  const { client, clock } = world([ok], {
    credential: {
      getToken: async () => ({
        token: `token-${requested++}`,
        expiresOnTimestamp: clock.now() + 3_600_000,
        refreshAfterTimestamp: clock.now() + 1_800_000,
      }),
    },
  });
  for (const minutes of [0, 29, 2]) {
    clock.advance(minutes * 60_000);
    await Promise.all([1, 2, 3].map(() => client.qualifications.list(customerId)));
  }
  expect(requested).toBe(2);
});

test("uses a token until it expires while its renewal fails", async () => {
  let [requested, isDown] = [0, false];
  const { client, clock, sent } = world([ok], {
    credential: {
      async getToken() {
        requested++;
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
  // Not with every call, which would overload it.
  expect(requested).toBe(3);
  clock.advance(5000);
  expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
    kind: "authentication",
  });
});

test.each([429, 503])("renews a token expiring while a call waits after %i", async (status) => {
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

test("uses a cached token while renewals after refreshAfterTimestamp fail", async () => {
  let requested = 0;
  const { client, clock, sent } = world([ok], {
    credential: {
      getToken: async () => {
        if (requested++ > 0) throw new Error("down");
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
  expect(requested).toBe(1);
  for (const ms of [2000, 1_790_000]) {
    clock.advance(ms);
    await client.qualifications.list(customerId);
  }
  expect(requested).toBe(3);
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
])("caches a token with a lifetime of %s until it expires", async (_, expires, requested) => {
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
  expect(times).toBe(requested);
  clock.advance(3_600_000);
  await client.qualifications.list(customerId);
  expect(times).toBe(requested + 1);
});

test.each(["2026-01-05T10:00:00Z", Number.NaN, {}])(
  "rejects a credential with a token expiring at %j",
  async (expiresOnTimestamp) => {
    const { client, sent } = world([ok], {
      credential: { getToken: async () => ({ token: "token", expiresOnTimestamp }) as never },
    });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      argument: "credential",
      message: "credential must return expiresOnTimestamp in milliseconds",
    });
    expect(sent).toEqual([]);
  },
);
