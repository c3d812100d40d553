import { createPrivateKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, environments } from "../src/index.ts";
import { makeCertificate } from "./certificates.ts";
import { claimsOf, failureOf, scope, world } from "./world.ts";

test("exchanges a client secret for an app-only token", async () => {
  await using w = await world();
  const credential = appOnlyCredential(w.options);
  const before = Date.now();
  const { token, expiresOnTimestamp } = await credential.getToken(scope);
  expect(claimsOf(token)).toMatchObject({
    aud: "https://api.partnercenter.microsoft.com",
    idtyp: "app",
    tid: w.entra.tenant,
  });
  expect(expiresOnTimestamp).toBeGreaterThan(before + 3500_000);
  expect(expiresOnTimestamp).toBeLessThan(Date.now() + 3602_000);
  expect(w.entra.requests).toMatchObject([
    { grant: "client_credentials", status: 200, form: { scope } },
  ]);
});

test.each([{ forceRefresh: true }, { claims: '{"access_token":{}}' }])(
  "returns the kept token again, and a new one for %j",
  async (request) => {
    await using w = await world();
    const credential = appOnlyCredential(w.options);
    const { token } = await credential.getToken([scope], { forceRefresh: false });
    expect(await credential.getToken(scope)).toMatchObject({ token });
    expect(w.entra.requests).toHaveLength(1);
    await credential.getToken(scope, request);
    expect(w.entra.requests).toHaveLength(2);
  },
);

describe("with a certificate", () => {
  test("signs an assertion with the certificate's key", async () => {
    const { certificate, pem } = await makeCertificate();
    await using w = await world({ certificate });
    const credential = appOnlyCredential({
      ...w.options,
      clientSecret: undefined,
      certificate: { pem },
    });
    const { token } = await credential.getToken(scope);
    expect(claimsOf(token)).toMatchObject({ idtyp: "app" });
    expect(w.entra.requests[0]?.form).not.toHaveProperty("client_secret");
  });

  test("decrypts a private key with its passphrase", async () => {
    const { certificate, privateKey } = await makeCertificate();
    const encrypted = createPrivateKey(privateKey).export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "canary-passphrase",
    });
    await using w = await world({ certificate });
    const credential = appOnlyCredential({
      ...w.options,
      clientSecret: undefined,
      certificate: { pem: `${certificate}\n${encrypted}`, passphrase: "canary-passphrase" },
    });
    await expect(credential.getToken(scope)).resolves.toHaveProperty("token");
  });

  test("reports an unregistered certificate", async () => {
    const [registered, other] = [await makeCertificate(), await makeCertificate()];
    await using w = await world({ certificate: registered.certificate });
    const credential = appOnlyCredential({
      ...w.options,
      clientSecret: undefined,
      certificate: { pem: other.pem },
    });
    expect(await failureOf(credential.getToken(scope))).toMatchObject({
      kind: "clientRefused",
      code: "AADSTS700027",
    });
  });
});

test("rejects a scope of another environment without a request", async () => {
  await using w = await world();
  const credential = appOnlyCredential({ ...w.options, environment: "china" });
  const error = await failureOf(credential.getToken(scope));
  expect(error).toMatchObject({ kind: "wrongAudience" });
  expect(error.message).toContain(environments.china.resource);
  expect(error.message).toContain("900420");
  expect(w.entra.requests).toEqual([]);
});
