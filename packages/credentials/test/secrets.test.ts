import { chmod, readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";
import type { Entra } from "@partner-qualifications/testing/entra";
import { expect, test } from "vitest";
import {
  appOnlyCredential,
  appUserCredential,
  callbackRefreshTokenStore,
  type PartnerCenterCredential,
} from "../src/index.ts";
import { makeCertificate } from "./certificates.ts";
import { failureOf, scope, world } from "./world.ts";

type World = Awaited<ReturnType<typeof world>>;

/** All texts of a value and of everything it contains. */
function texts(value: unknown): string[] {
  const own = [
    String(value),
    inspect(value, { depth: null, showHidden: true, getters: true }),
    inspect(value),
    JSON.stringify(value) ?? "",
  ];
  if (!(value instanceof Error)) return own;
  const bundle = value instanceof PartnerCenterError ? [inspect(value.toSupportBundle())] : [];
  const cause = value.cause === undefined ? [] : texts(value.cause);
  return [...own, ...bundle, value.message, value.stack ?? "", ...cause];
}

function expectNoSecret(all: string[], secrets: string[]): void {
  const text = all.join("\n");
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of secrets) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    for (const form of forms) expect(text).not.toContain(form);
  }
  expect(text).not.toContain("canary");
}

/** The failures, and how to cause each. */
const failures: Record<string, (w: World) => Promise<PartnerCenterCredential>> = {
  "a refusal that repeats the whole request": async (w) => {
    await w.store.write(w.entra.issueRefreshToken());
    const echo = { kind: "refuse", error: "invalid_grant", code: 70000, echo: true } as const;
    w.entra.failNext(echo, echo);
    return appUserCredential({ ...w.options, store: w.store });
  },
  "a refusal with secrets in place of its identifiers": async (w) => {
    const secret = w.entra.clientSecret;
    const members = ["error", "suberror", "trace_id", "correlation_id", "timestamp", "error_uri"];
    const echoed = Object.fromEntries(members.map((name) => [name, secret]));
    const body = JSON.stringify({ ...echoed, error_codes: [secret], error_description: secret });
    const echo = { kind: "answer", status: 400, body } as const;
    w.entra.failNext(echo, echo);
    return appOnlyCredential(w.options);
  },
  "a refusal that repeats the assertion": async (w) => {
    const { pem } = await makeCertificate();
    const echo = { kind: "refuse", error: "invalid_client", code: 700027, echo: true } as const;
    w.entra.failNext(echo, echo);
    return appOnlyCredential({ ...w.options, clientSecret: undefined, certificate: { pem } });
  },
  "a response that msal rejects": async (w) => {
    await w.store.write(w.entra.issueRefreshToken());
    const next = w.entra.issueRefreshToken();
    const body = JSON.stringify({ access_token: next, id_token: `${next}.x`, refresh_token: next });
    const odd = { kind: "answer", status: 200, body } as const;
    w.entra.failNext(odd, odd);
    return appUserCredential({ ...w.options, store: w.store });
  },
  "a vault whose error repeats its input": async (w) => {
    const store = callbackRefreshTokenStore({
      read: () => w.entra.refreshTokens[0],
      write(token) {
        throw Object.assign(new Error(`Cannot keep ${token}`), { token });
      },
    });
    w.entra.issueRefreshToken();
    return appUserCredential({ ...w.options, store });
  },
  "a custom store that fails": async (w) => {
    const token = w.entra.issueRefreshToken();
    const store = {
      ...w.store,
      read: async () => token,
      write: (next: string) => Promise.reject(new RangeError(`Too long: ${next}`)),
    };
    return appUserCredential({ ...w.options, store });
  },
  "a store that others can read": async (w) => {
    await w.store.write(w.entra.issueRefreshToken());
    await chmod(w.file, 0o644);
    return appUserCredential({ ...w.options, store: w.store });
  },
  "a connection that breaks": async (w) => {
    await w.store.write(w.entra.issueRefreshToken());
    w.entra.failNext(...Array.from({ length: 10 }, () => ({ kind: "drop" }) as const));
    return appUserCredential({ ...w.options, timeoutMs: 2000, store: w.store });
  },
};

test.each(Object.entries(failures))("shows no secret after %s", async (_, prepare) => {
  await using w = await world();
  const credential = await prepare(w);
  const error = await failureOf(credential.getToken(scope));
  const client = createQualificationsClient({ credential, baseUrl: "http://127.0.0.1:9" });
  const id = "11111111-2222-3333-4444-555555555555";
  const wrapped = await failureOf(client.qualifications.list(id));
  expect(wrapped.cause).toBeDefined();
  expectNoSecret([...texts(error), ...texts(wrapped)], await secretsOf(w));
});

test("shows no secret when printing a credential, a store or a client", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  const { pem } = await makeCertificate();
  const credential = appUserCredential({ ...w.options, store: w.store });
  await credential.getToken(scope);
  const certificate = { pem, passphrase: "canary-passphrase" };
  const other = appOnlyCredential({ ...w.options, clientSecret: undefined, certificate });
  const client = createQualificationsClient({ credential });
  const key = pem.split("\n").at(-4)!;
  const shown = [credential, other, w.store, client].flatMap(texts);
  expect(shown.join("")).toContain("getToken");
  expectNoSecret(shown, [...(await secretsOf(w)), key]);
});

async function secretsOf({ entra, file }: { entra: Entra; file: string }): Promise<string[]> {
  const stored = await readFile(file, "utf8").catch(() => "");
  return [...entra.secrets(), ...(stored ? [stored.trim()] : [])];
}
