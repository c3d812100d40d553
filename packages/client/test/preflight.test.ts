import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const ok = json([]);
const refused = json({ code: "800001", description: "No" }, 401);
const jwt = (claims: object) =>
  ["{}", JSON.stringify(claims), "x"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

describe("a token that has expired by the local clock", () => {
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

  test("is sent when the credential has no other", async () => {
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
  // By the service's clock; the credential reports what the token endpoint said.
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

const future = 4_102_444_800;
test.each([
  ["of a retired audience", { aud: "https://graph.windows.net", exp: future }, /900420/],
  ["of a retired audience, by its id", { aud: "00000002-0000-0000-c000-000000000000" }, /900420/],
])("rejects a token %s before sending anything", async (_, claims, message) => {
  const { client, sent } = world([ok], { credential: () => jwt(claims) });
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error.message).toMatch(message);
  expect(sent).toEqual([]);
});

test.each([
  { idtyp: "app", exp: future },
  { oid: "a", sub: "a" },
])("rejects the app-only token %o only where a user is required", async (claims) => {
  const { client, sent } = world([ok], { credential: () => jwt(claims) });
  await client.qualifications.list(customerId);
  expect(sent).toHaveLength(1);
  const asking = client.qualifications.request(customerId, { qualification: "StateOwnedEntity" });
  expect((await failureOf(asking)).message).toMatch(/900329/);
  expect(sent).toHaveLength(1);
});

test.each(["opaque", "a.b.c", "a.e30.c", `${jwt({ aud: 7, exp: "soon" })}`])(
  "sends the token %s without known claims",
  async (token) => {
    const { client, sent } = world([ok], { credential: () => token });
    await client.qualifications.list(customerId);
    expect(sent[0]?.headers.authorization).toBe(`Bearer ${token}`);
  },
);

test("checks no token with preflight: false", async () => {
  const { client, sent } = world([ok], { credential: () => jwt({ exp: 1 }), preflight: false });
  await client.qualifications.list(customerId);
  expect(sent).toHaveLength(1);
});
