import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, appUserCredential } from "../src/index.ts";
import { makeCertificate } from "./certificates.ts";
import { claimsOf, scope, world } from "./world.ts";

const minutes = 60_000;
const customerId = "11111111-2222-3333-4444-555555555555";

test.each([60 * minutes, -60 * minutes])(
  "learns Entra's clock, %i ms ahead, from a rejected assertion",
  async (skewMs) => {
    const { certificate, pem } = await makeCertificate();
    await using w = await world({ skewMs, certificate });
    const proof = { clientSecret: undefined, certificate: { pem } };
    const credential = appOnlyCredential({ ...w.options, ...proof });
    await credential.getToken(scope);
    await credential.getToken(scope, { forceRefresh: true });
    // The second exchange is right the first time.
    expect(w.entra.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
  },
);

test("gives advice without a clock reading from Entra", async () => {
  const { certificate, pem } = await makeCertificate();
  await using w = await world({ certificate });
  const refusal = { kind: "refuse", error: "invalid_client", code: 700024, status: 401 } as const;
  w.entra.failNext(refusal, refusal);
  const proof = { clientSecret: undefined, certificate: { pem } };
  const asked = appOnlyCredential({ ...w.options, ...proof }).getToken(scope);
  await expect(asked).rejects.toThrow(/Correct this machine's clock.*/);
  expect(w.entra.requests).toHaveLength(1);
});

// The servers' clocks are off instead of this machine's; only the difference matters.
describe.each([5 * minutes, -5 * minutes])(
  "with Entra and Partner Center %i ms ahead",
  (skewMs) => {
    const atTheirTime = () => new Date(Date.now() + skewMs).toISOString();

    test("obtains an app+user token accepted by client and Partner Center", async () => {
      await using w = await world({ skewMs });
      await using mock = await startMock({ clock: "manual", now: atTheirTime() });
      await w.store.write(w.entra.issueRefreshToken());
      const client = createQualificationsClient({
        credential: appUserCredential({ ...w.options, store: w.store }),
        baseUrl: mock.url,
      });
      const vetting = { qualification: "StateOwnedEntity" } as const;
      await client.qualifications.request(customerId, vetting);
      expect(await client.qualifications.list(customerId)).toHaveLength(1);
      expect(w.entra.requests).toHaveLength(1);
    });

    test("accepts a token with Entra's shortest lifetime", async () => {
      await using w = await world({ skewMs, lifetimeS: 600 });
      await using mock = await startMock({ clock: "manual", now: atTheirTime() });
      const credential = appOnlyCredential(w.options);
      const client = createQualificationsClient({ credential, baseUrl: mock.url });
      expect(await client.qualifications.list(customerId)).toEqual([]);
      expect(w.entra.requests).toHaveLength(1);
    });

    test("signs an assertion accepted by Entra", async () => {
      const { certificate, pem } = await makeCertificate();
      await using w = await world({ skewMs, certificate });
      const proof = { clientSecret: undefined, certificate: { pem } };
      const { token } = await appOnlyCredential({ ...w.options, ...proof }).getToken(scope);
      expect(claimsOf(token)).toMatchObject({ idtyp: "app" });
    });

    test("reports the expiry by this machine's clock", async () => {
      await using w = await world({ skewMs });
      const before = Date.now();
      const { token, expiresOnTimestamp } = await appOnlyCredential(w.options).getToken(scope);
      const { exp } = claimsOf(token) as { exp: number };
      expect(Math.abs(exp * 1000 - skewMs - expiresOnTimestamp)).toBeLessThan(30_000);
      expect(expiresOnTimestamp).toBeGreaterThan(before + 3590_000);
    });
  },
);
