import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, appUserCredential } from "../src/index.ts";
import { makeCertificate } from "./certificates.ts";
import { claimsOf, scope, world } from "./world.ts";

const minutes = 60_000;
const customerId = "11111111-2222-3333-4444-555555555555";

// The servers' clocks differ from this machine's, which is the same as the other way round.
describe.each([5 * minutes, -5 * minutes])(
  "with Entra and Partner Center %i ms ahead",
  (skewMs) => {
    const atTheirTime = () => new Date(Date.now() + skewMs).toISOString();

    test("a user's token is obtained, and taken by the client and by Partner Center", async () => {
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

    test("a token of the shortest life that Entra gives is good", async () => {
      await using w = await world({ skewMs, lifetimeS: 600 });
      await using mock = await startMock({ clock: "manual", now: atTheirTime() });
      const credential = appOnlyCredential(w.options);
      const client = createQualificationsClient({ credential, baseUrl: mock.url });
      expect(await client.qualifications.list(customerId)).toEqual([]);
      expect(w.entra.requests).toHaveLength(1);
    });

    test("a certificate's assertion is taken", async () => {
      const { certificate, pem } = await makeCertificate();
      await using w = await world({ skewMs, certificate });
      const proof = { clientSecret: undefined, certificate: { pem } };
      const { token } = await appOnlyCredential({ ...w.options, ...proof }).getToken(scope);
      expect(claimsOf(token)).toMatchObject({ idtyp: "app" });
    });

    test("the expiry is told by this machine's clock, as long from now as Entra says", async () => {
      await using w = await world({ skewMs });
      const before = Date.now();
      const { token, expiresOnTimestamp } = await appOnlyCredential(w.options).getToken(scope);
      const { exp } = claimsOf(token) as { exp: number };
      expect(Math.abs(exp * 1000 - skewMs - expiresOnTimestamp)).toBeLessThan(30_000);
      expect(expiresOnTimestamp).toBeGreaterThan(before + 3590_000);
    });
  },
);
