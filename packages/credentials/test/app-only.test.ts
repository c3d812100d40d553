import { expect, test } from "vitest";
import { appOnlyCredential } from "../src/index.ts";
import { claimsOf, scope, world } from "./world.ts";

test("a client secret is exchanged for a token of the application alone", async () => {
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
  expect(expiresOnTimestamp).toBeLessThan(Date.now() + 3601_000);
  expect(w.entra.requests).toMatchObject([
    { grant: "client_credentials", status: 200, form: { scope } },
  ]);
});
