import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appUserCredential,
  callbackRefreshTokenStore,
  type RefreshTokenStore,
} from "../src/index.ts";
import { application } from "./token-service.ts";
import { failureOf, scope, world } from "./world.ts";

/** Shorter than the first pause, so that a call ends at its first failure. */
const timeoutMs = 500;

const unusable: [string, unknown][] = [
  ["an empty text", ""],
  ["white space", " \n"],
  ["a line break after it", "1.next\n"],
  ["a line break in it", "1.ne\nxt"],
  ["a null character", "1.ne\0xt"],
  ["characters beyond ASCII", "1.n\u00e9xt"],
  ["half a character", "1.\ud800"],
  ["null", null],
  ["a number", 7],
  ["true", true],
  ["a list", ["1.next"]],
  ["an object", { token: "1.next" }],
];

function memory(token: string): RefreshTokenStore {
  return callbackRefreshTokenStore({ read: () => token, write: (next) => void (token = next) });
}

/** A custom store without any checks. */
function trusting(token: string): RefreshTokenStore {
  return {
    read: async () => token,
    write: async (next) => void (token = next),
    exclusively: (task) => task(),
  };
}

describe("an invalid refresh token", () => {
  test.each(unusable)("does not replace the stored one: %s", async (_, successor) => {
    for (const store of [memory("1.old"), trusting("1.old")]) {
      const body = { access_token: "a", expires_in: 3600, refresh_token: successor };
      const fetch = async () => Response.json(body);
      const credential = appUserCredential({ ...application, fetch, store });
      expect(await credential.getToken(scope)).toMatchObject({ token: "a" });
      expect(await store.read()).toBe("1.old");
    }
  });

  test.each(unusable)("is rejected by every store: %s", async (_, successor) => {
    await using w = await world();
    const stores = [w.store, memory("1.old")];
    await w.store.write("1.old");
    for (const store of stores) {
      const error = await failureOf(store.write(successor as string));
      expect(error).toMatchObject({ kind: "storeUnusable" });
      expect(error.message).not.toContain("next");
      expect(await store.read()).toBe("1.old");
    }
  });

  test("in a store is reported and kept", async () => {
    const sent: unknown[] = [];
    const fetch = async () => Response.json(sent.push("sent"));
    const store = trusting("two\nlines");
    const error = await failureOf(
      appUserCredential({ ...application, fetch, store }).getToken(scope),
    );
    expect(error).toMatchObject({ kind: "storeUnusable" });
    expect(sent).toEqual([]);
  });
});

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(...unusable.map(([, value]) => value)),
);
const token = fc.oneof(
  { weight: 6, arbitrary: fc.uuid().map((id) => `1.${id}`) },
  { weight: 1, arbitrary: fc.constant("1.".padEnd(100_000, "x")) },
  { weight: 3, arbitrary: fc.oneof(anyText, fc.jsonValue()) },
);
const number = fc.oneof(
  fc.constantFrom<unknown>(3600, "3600", 0, -1, 1e300, "", null, "soon", 0.5),
  fc.jsonValue(),
);
const grant = fc.record(
  {
    token_type: fc.constantFrom<unknown>("Bearer", "pop", "", null),
    access_token: token,
    refresh_token: token,
    expires_in: number,
    refresh_in: number,
    id_token: fc.oneof(fc.string(), fc.constant("e30.e30."), fc.constant("a.b.c")),
    scope: fc.oneof(fc.constant(scope), fc.jsonValue()),
    client_info: fc.oneof(fc.string(), fc.constant("eyJ1aWQiOiIxIiwidXRpZCI6IjIifQ")),
  },
  { requiredKeys: ["access_token", "refresh_token"] },
);
const refusal = fc.oneof(
  fc.constantFrom<unknown>("invalid_grant", "server_error", ""),
  fc.jsonValue(),
);
const mixed = fc.oneof(
  { weight: 5, arbitrary: grant },
  {
    weight: 1,
    arbitrary: fc.tuple(grant, refusal).map(([one, error]) => Object.assign(one, { error })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(grant, fc.constantFrom("access_token", "refresh_token"))
      .map(([one, name]) => {
        return Object.fromEntries(Object.entries(one).filter(([key]) => key !== name));
      }),
  },
);
const body = fc.oneof(
  { weight: 6, arbitrary: mixed.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(mixed, fc.nat(2000))
      .map(([value, length]) => JSON.stringify(value).slice(0, length)),
  },
  { weight: 1, arbitrary: mixed.map((value) => `\ufeff${JSON.stringify(value)}`) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.oneof(fc.string(), fc.constant("<html>Sign in</html>")) },
);
const answer = fc.record({
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.constantFrom(201, 203, 206, 302, 400, 401, 403, 429, 500, 503) },
  ),
  body,
  kind: fc.constantFrom("memory", "trusting", "file"),
});

const isWhole = (value: unknown) => typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

/** The refresh token that a response issues by RFC 6749: only with a valid access token. */
function issuedBy(status: number, text: string): string | undefined {
  if (status < 200 || status > 299) return undefined;
  try {
    const given = Object(JSON.parse(text.replace(/^\ufeff/, ""))) as Record<string, unknown>;
    const { access_token, refresh_token, error } = given;
    if (error !== undefined || !isWhole(access_token)) return undefined;
    const isToken = typeof refresh_token === "string" && /^[\x20-\x7e]+$/.test(refresh_token);
    return isToken && refresh_token.trim() === refresh_token ? refresh_token : undefined;
  } catch {
    return undefined;
  }
}

test("loses no refresh token after any response of the token endpoint", async () => {
  await using w = await world();
  const counts = { answers: 0, issued: 0, kept: 0, given: 0 };
  await fc.assert(
    fc.asyncProperty(answer, async ({ status, body: sent, kind }) => {
      const old = `1.old-${randomUUID()}`;
      const store = kind === "file" ? w.store : kind === "memory" ? memory(old) : trusting(old);
      if (kind === "file") await store.write(old);
      const fetch = async () => new Response(sent, { status });
      const credential = appUserCredential({ ...application, fetch, store, timeoutMs });
      const ending = await credential.getToken(scope).then(
        () => "token",
        ({ name }: Error) => name,
      );
      counts.answers++;
      const issued = issuedBy(status, sent);
      expect(await store.read()).toBe(issued ?? old);
      if (issued === undefined) counts.kept++;
      else counts.issued++;
      if (ending === "token") counts.given++;
      expect(["token", "CredentialError"]).toContain(ending);
    }),
    process.env.SWEEPS ? { numRuns: 10_000 } : { numRuns: 100, seed: 1 },
  );
  // Each occurs at least once, so that the test proves something.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
}, 300_000);
