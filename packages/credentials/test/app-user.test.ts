import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { appUserCredential, callbackRefreshTokenStore } from "../src/index.ts";
import { claimsOf, failureOf, scope, world } from "./world.ts";

test("exchanges a refresh token for an access token and stores its successor", async () => {
  await using w = await world();
  const first = w.entra.issueRefreshToken();
  await w.store.write(first);
  const credential = appUserCredential({ ...w.options, store: w.store });
  const { token } = await credential.getToken(scope);
  expect(claimsOf(token)).toMatchObject({ scp: "user_impersonation", oid: "the-user" });
  const [, second] = w.entra.refreshTokens;
  expect((await readFile(w.file, "utf8")).trim()).toBe(second);

  await credential.getToken(scope, { forceRefresh: true });
  expect(w.entra.requests.map(({ form }) => form.refresh_token)).toEqual([first, second]);
});

/** A store in memory that logs its calls. */
function memory(token: string | undefined, write?: (token: string) => Promise<void>) {
  const state = { token, written: [] as string[] };
  const store = callbackRefreshTokenStore({
    read: () => state.token,
    async write(next) {
      await write?.(next);
      state.token = next;
      state.written.push(next);
    },
  });
  return { state, store };
}

test("stores the new refresh token before returning the access token", async () => {
  await using w = await world();
  let goOn: (() => void) | undefined;
  const { state, store } = memory(w.entra.issueRefreshToken(), () => {
    return new Promise((resolve) => (goOn = resolve));
  });
  const events: string[] = [];
  const asked = appUserCredential({ ...w.options, store })
    .getToken(scope)
    .then(() => events.push(`given with ${state.written.length} stored`));
  await expect.poll(() => goOn, { timeout: 15_000 }).toBeDefined();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(events).toEqual([]);
  goOn?.();
  await asked;
  expect(events).toEqual(["given with 1 stored"]);
});

test("keeps the old refresh token if the new one cannot be stored", async () => {
  await using w = await world();
  const first = w.entra.issueRefreshToken();
  const { state, store } = memory(first, async () => {
    throw new Error("The vault is sealed");
  });
  const credential = appUserCredential({ ...w.options, store });
  expect(await failureOf(credential.getToken(scope))).toMatchObject({ kind: "storeUnusable" });
  expect(state.token).toBe(first);
});

test("keeps a new refresh token from an otherwise unusable response", async () => {
  await using w = await world();
  const { state, store } = memory(w.entra.issueRefreshToken());
  const body = { access_token: "a", refresh_token: "1.canary-next", id_token: "not a JWT" };
  w.entra.failNext({ kind: "answer", status: 200, body: JSON.stringify(body) });
  const credential = appUserCredential({ ...w.options, store });
  expect(await failureOf(credential.getToken(scope))).toMatchObject({ kind: "refused" });
  expect(state.token).toBe("1.canary-next");
});

test("does not overwrite a consent given during an exchange", async () => {
  await using w = await world();
  const [read, consented] = [w.entra.issueRefreshToken(), w.entra.issueRefreshToken()];
  const reads = [read, consented];
  const written: string[] = [];
  const store = callbackRefreshTokenStore({
    read: () => reads.shift(),
    write: (token) => void written.push(token),
  });
  await appUserCredential({ ...w.options, store }).getToken(scope);
  expect(w.entra.requests).toMatchObject([{ status: 200, form: { refresh_token: read } }]);
  expect({ reads, written }).toEqual({ reads: [], written: [] });
});

test("rereads a refresh token replaced by another process", async () => {
  await using w = await world({ takenOnce: true });
  const first = w.entra.issueRefreshToken();
  const other = memory(first);
  await appUserCredential({ ...w.options, store: other.store }).getToken(scope);

  // Simulates a read before another process's write.
  const read = [first];
  const store = callbackRefreshTokenStore({
    read: () => read.shift() ?? other.state.token,
    write: (token) => void (other.state.token = token),
  });
  await appUserCredential({ ...w.options, store }).getToken(scope);
  expect(w.entra.requests.map(({ status }) => status)).toEqual([200, 400, 200]);
  expect(other.state.token).toBe(w.entra.refreshTokens.at(-1));
});

test("says how to fill an empty store", async () => {
  await using w = await world();
  const credential = appUserCredential({ ...w.options, store: w.store });
  const error = await failureOf(credential.getToken(scope));
  expect(error).toMatchObject({ kind: "refreshTokenMissing" });
  expect(error.message).toContain("qualifications-consent");
  expect(w.entra.requests).toEqual([]);
});

test("serializes the exchanges of credentials with a shared store", async () => {
  await using w = await world({ takenOnce: true });
  const { store } = memory(w.entra.issueRefreshToken());
  const credentials = Array.from({ length: 5 }, () => appUserCredential({ ...w.options, store }));
  await Promise.all(credentials.map((credential) => credential.getToken(scope)));
  expect(w.entra.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});
