import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { AuthenticationError, createQualificationsClient } from "@partner-qualifications/client";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, appUserCredential, callbackRefreshTokenStore } from "../src/index.ts";
import { failureOf, scope, world } from "./world.ts";

const customerId = "11111111-2222-3333-4444-555555555555";

/** Time for two or three attempts. */
const impatient = { timeoutMs: 2000 };
const whileItLasts = <T>(fault: T): T[] => Array.from({ length: 10 }, () => fault);

/** A port without a listener. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("names the network's error if the token endpoint is down", async () => {
  await using w = await world();
  const authority = `http://127.0.0.1:${await deadPort()}`;
  const options = { ...w.options, authority, ...impatient };
  const error = await failureOf(appOnlyCredential(options).getToken(scope));
  expect(error).toMatchObject({ kind: "connection", retryable: true });
  expect(error.message).toContain("ECONNREFUSED");
});

describe.each(["hang", "stall"] as const)("with a token endpoint that does %s", (kind) => {
  test("fails within the caller's timeout", async () => {
    await using w = await world();
    w.entra.failNext({ kind });
    const signal = AbortSignal.timeout(300);
    const start = performance.now();
    const error = await failureOf(appOnlyCredential(w.options).getToken(scope, { signal }));
    expect(error).toMatchObject({ kind: "timeout", retryable: true });
    // Far below the default of 30 seconds.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("fails within its own timeout without a signal", async () => {
    await using w = await world();
    w.entra.failNext({ kind });
    const credential = appOnlyCredential({ ...w.options, timeoutMs: 300 });
    expect(await failureOf(credential.getToken(scope))).toMatchObject({ kind: "timeout" });
  });

  test("keeps the refresh token valid", async () => {
    await using w = await world();
    const token = w.entra.issueRefreshToken();
    await w.store.write(token);
    w.entra.failNext({ kind });
    const credential = appUserCredential({ ...w.options, store: w.store });
    const signal = AbortSignal.timeout(300);
    expect(await failureOf(credential.getToken(scope, { abortSignal: signal }))).toMatchObject({
      kind: "timeout",
    });
    expect(await w.store.read()).toBe(token);
    await credential.getToken(scope);
    expect(await w.store.read()).toBe(w.entra.refreshTokens[1]);
  });
});

test("ends a client's call in time if its token never arrives", async () => {
  await using w = await world();
  w.entra.failNext({ kind: "hang" });
  const client = createQualificationsClient({
    credential: appOnlyCredential(w.options),
    baseUrl: "http://127.0.0.1:9",
    totalTimeoutMs: 300,
  });
  const start = performance.now();
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error).toMatchObject({ kind: "timeout" });
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("rejects at once when the caller aborts", async () => {
  await using w = await world();
  w.entra.failNext({ kind: "hang" });
  const controller = new AbortController();
  const asked = appOnlyCredential(w.options).getToken(scope, { signal: controller.signal });
  await expect.poll(() => w.entra.requests.length, { timeout: 15_000 }).toBe(1);
  controller.abort();
  expect(await failureOf(asked)).toMatchObject({ kind: "aborted", retryable: false });
});

test("sends nothing for an aborted signal", async () => {
  await using w = await world();
  const signal = AbortSignal.abort();
  expect(await failureOf(appOnlyCredential(w.options).getToken(scope, { signal }))).toMatchObject({
    kind: "aborted",
  });
  expect(w.entra.requests).toEqual([]);
});

test("times out on a silent vault and recovers with it", async () => {
  await using w = await world();
  const token = w.entra.issueRefreshToken();
  const answers = [new Promise<string>(() => {})];
  const store = callbackRefreshTokenStore({ read: () => answers.shift() ?? token, write() {} });
  const credential = appUserCredential({ ...w.options, store });
  const signal = AbortSignal.timeout(300);
  const error = await failureOf(credential.getToken(scope, { signal }));
  expect(error).toMatchObject({ kind: "timeout" });
  expect(error.message).toContain("store");
  await expect(credential.getToken(scope)).resolves.toHaveProperty("token");
});

test("reports a broken connection and recovers", async () => {
  await using w = await world();
  w.entra.failNext(...whileItLasts({ kind: "drop" } as const));
  const credential = appOnlyCredential({ ...w.options, ...impatient });
  expect(await failureOf(credential.getToken(scope))).toMatchObject({ kind: "connection" });
  w.entra.recover();
  await expect(credential.getToken(scope)).resolves.toHaveProperty("token");
});

test.each([
  [503, "<html>Bad gateway</html>", "unavailable", true],
  [500, "", "unavailable", true],
  [429, "", "throttled", true],
  [400, "<html>", "refused", false],
  // A captive portal in place of Entra.
  [200, "<html>Welcome to our Wi-Fi</html>", "unavailable", true],
  [200, "{}", "unavailable", true],
  [200, "null", "unavailable", true],
  [200, '{"access_token":7}', "unavailable", true],
] as const)("classifies status %i with body %j as %s", async (status, body, kind, retryable) => {
  await using w = await world();
  // Longer than the credential waits, so that it fails at once.
  const headers = { "retry-after": "60" };
  w.entra.failNext(
    ...whileItLasts({ kind: "answer", status, body, contentType: "text/html", headers } as const),
  );
  const credential = appOnlyCredential({ ...w.options, ...impatient });
  const error = await failureOf(credential.getToken(scope));
  expect(error).toMatchObject({ kind, retryable });
});

test("does not follow a redirect with the secret", async () => {
  await using w = await world();
  await using elsewhere = await world();
  w.entra.failNext({ kind: "redirect", location: `${elsewhere.entra.url}/oauth2/v2.0/token` });
  const error = await failureOf(appOnlyCredential(w.options).getToken(scope));
  expect(error).toMatchObject({ kind: "redirected", status: 307, retryable: false });
  expect(error.message).toContain(
    `redirects token requests to ${elsewhere.entra.url} (status 307)`,
  );
  expect(elsewhere.entra.requests).toEqual([]);
});

test("waits for a slow response", async () => {
  await using w = await world({ delayMs: 1000 });
  await expect(appOnlyCredential(w.options).getToken(scope)).resolves.toHaveProperty("token");
});

test("surfaces as the client's AuthenticationError, and the next call works", async () => {
  await using w = await world();
  w.entra.failNext(...whileItLasts({ kind: "answer", status: 503, body: "" } as const));
  const client = createQualificationsClient({
    credential: appOnlyCredential({ ...w.options, ...impatient }),
    baseUrl: "http://127.0.0.1:9",
    fetch: async () => Response.json([]),
  });
  expect(await failureOf(client.qualifications.list(customerId))).toBeInstanceOf(
    AuthenticationError,
  );
  w.entra.recover();
  expect(await client.qualifications.list(customerId)).toEqual([]);
});
