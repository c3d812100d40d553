import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { appUserCredential } from "../src/index.ts";
import { claimsOf, scope, world } from "./world.ts";

test("a refresh token is exchanged for a token of application and user, and replaced", async () => {
  await using w = await world();
  const first = w.entra.issueRefreshToken();
  await w.store.write(first);
  const credential = appUserCredential({ ...w.options, store: w.store });
  const { token } = await credential.getToken(scope);
  expect(claimsOf(token)).toMatchObject({ scp: "user_impersonation", oid: "the-user" });
  const [, second] = w.entra.refreshTokens;
  expect((await readFile(w.file, "utf8")).trim()).toBe(second);
  expect(w.entra.requests).toMatchObject([{ form: { refresh_token: first } }]);
});
