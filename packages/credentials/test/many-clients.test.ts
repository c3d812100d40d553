import { createQualificationsClient } from "@partner-qualifications/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { appOnlyCredential, appUserCredential, CredentialError } from "../src/index.ts";
import { application, down, stopTime, tokenService } from "./token-service.ts";
import { failureOf, scope, world } from "./world.ts";

const minutes = 60_000;
const customerId = "11111111-2222-3333-4444-555555555555";
const answered = (status: number, headers: Record<string, string> = {}) =>
  ({ kind: "answer", status, body: "", headers }) as const;

describe("one credential", () => {
  test("serves 40 clients with one token request", async () => {
    await using w = await world({ takenOnce: true, delayMs: 100 });
    await w.store.write(w.entra.issueRefreshToken());
    const credential = appUserCredential({ ...w.options, store: w.store });
    const clients = Array.from({ length: 40 }, () =>
      createQualificationsClient({
        credential,
        baseUrl: "http://127.0.0.1:9",
        fetch: async () => Response.json([]),
      }),
    );
    await Promise.all(clients.map((client) => client.qualifications.list(customerId)));
    for (const client of clients) await client.qualifications.list(customerId);
    expect(w.entra.requests).toMatchObject([{ status: 200 }]);
  });

  test("retries a failing token endpoint within the call's time", async () => {
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    w.entra.failNext(answered(503), { kind: "drop" });
    const credential = appUserCredential({ ...w.options, store: w.store });
    await expect(credential.getToken(scope)).resolves.toHaveProperty("token");
    expect(w.entra.requests).toHaveLength(3);
    expect(await w.store.read()).toBe(w.entra.refreshTokens.at(-1));
  });

  test.each([
    ["seconds", "1"],
    ["a date by Entra's clock", "date"],
  ])("waits Retry-After in %s before the next attempt", async (_, value) => {
    await using w = await world();
    const theirs = Date.parse("2031-01-01T00:00:00Z");
    const date = new Date(theirs).toUTCString();
    const retryAfter = value === "date" ? new Date(theirs + 1000).toUTCString() : value;
    w.entra.failNext(answered(429, { "retry-after": retryAfter, date }));
    const start = performance.now();
    await appOnlyCredential(w.options).getToken(scope);
    expect(performance.now() - start).toBeGreaterThanOrEqual(1000);
    expect(w.entra.requests).toHaveLength(2);
  });

  test("fails at once, and sends nothing meanwhile, if Retry-After outlasts the call", async () => {
    await using w = await world();
    w.entra.failNext(answered(429, { "retry-after": "60" }));
    const credential = appOnlyCredential(w.options);
    for (let calls = 0; calls < 3; calls++) {
      const error = await failureOf(credential.getToken(scope));
      expect(error).toMatchObject({ kind: "throttled", status: 429, retryAfterMs: 60_000 });
    }
    expect(w.entra.requests).toHaveLength(1);
  });

  test("continues a shared request after one caller aborts", async () => {
    await using w = await world({ delayMs: 500 });
    const credential = appOnlyCredential(w.options);
    const impatient = credential.getToken(scope, { signal: AbortSignal.timeout(100) });
    const patient = credential.getToken(scope);
    expect(await failureOf(impatient)).toMatchObject({ kind: "timeout" });
    await expect(patient).resolves.toHaveProperty("token");
    expect(w.entra.requests).toHaveLength(1);
  });
});

/** A credential with its first token, and functions that call it. */
async function begin(given: Parameters<typeof tokenService>[0] = {}) {
  stopTime();
  const service = tokenService(given);
  const credential = appOnlyCredential({ ...application, fetch: service.fetch });
  /** Returns the result and the duration of a call. */
  const call = async () => {
    const start = performance.now();
    const asked = credential.getToken(scope).then(
      ({ token }) => token,
      (error: CredentialError) => error.kind,
    );
    const ends: string[] = [];
    void asked.then((end) => ends.push(end));
    while (ends.length === 0) await vi.advanceTimersByTimeAsync(100);
    return { end: ends[0], tookMs: performance.now() - start };
  };
  expect((await call()).end).toBe("token-1");
  return { service, credential, call };
}

describe("with fake timers", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  test.each([
    ["refresh_in", { refreshInS: 600 }, 10],
    ["half its life", {}, 30],
    ["half its life, for a refresh_in beyond it", { refreshInS: 7200 }, 30],
  ])("renews a token after %s, in the background", async (_, given, after) => {
    const { service, credential, call } = await begin(given);
    const { refreshAfterTimestamp } = await credential.getToken(scope);
    expect(refreshAfterTimestamp! - Date.now()).toBeCloseTo(after * minutes, -3);
    await vi.advanceTimersByTimeAsync((after - 1) * minutes);
    expect((await call()).end).toBe("token-1");
    expect(service.requests).toBe(1);
    await vi.advanceTimersByTimeAsync(minutes);
    // The call does not wait for the renewal.
    expect(await credential.getToken(scope)).toMatchObject({ token: "token-1" });
    await vi.advanceTimersByTimeAsync(1000);
    expect((await call()).end).toBe("token-2");
    expect(service.requests).toBe(2);
  });

  test("uses the old token until it expires while the token endpoint is down", async () => {
    const { service, call } = await begin();
    service.fault = down;
    let last = performance.now();
    for (let elapsed = 0; elapsed < 59.9 * minutes; elapsed += 2000) {
      await vi.advanceTimersByTimeAsync(Math.max(0, last + 2000 - performance.now()));
      last += 2000;
      const { end, tookMs } = await call();
      expect(end).toBe("token-1");
      expect(tookMs).toBeLessThan(6000);
    }
    // Far fewer than the 900 calls since the renewal was due.
    expect(service.requests).toBeLessThan(80);
    await vi.advanceTimersByTimeAsync(minutes);
    expect((await call()).end).toBe("unavailable");
    service.fault = undefined;
    expect((await call()).end).toMatch(/^token-\d+$/);
  });

  test("waits for a renewal in the last minute, unless it hangs", async () => {
    const { service, call } = await begin();
    await vi.advanceTimersByTimeAsync(59.5 * minutes);
    expect((await call()).end).toBe("token-2");
    await vi.advanceTimersByTimeAsync(59.5 * minutes);
    service.fault = () => new Promise(() => {});
    const { end, tookMs } = await call();
    expect(end).toBe("token-2");
    expect(tookMs).toBeLessThan(6000);
  });

  test.each([2, -2])("ignores a wall clock set by %i hours", async (hours) => {
    const { service, call } = await begin();
    service.fault = down;
    vi.setSystemTime(Date.now() + hours * 60 * minutes);
    expect((await call()).end).toBe("token-1");
    service.fault = undefined;
    // Its lifetime counts, not the wall clock.
    await vi.advanceTimersByTimeAsync(61 * minutes);
    expect((await call()).end).not.toBe("token-1");
  });

  const clients = process.env.SWEEPS ? 100 : 25;
  test(`fails no call of ${clients} clients during 15-minute outages every hour`, async () => {
    const { service, credential } = await begin();
    service.requests = 0;
    const failures: unknown[] = [];
    let calls = 0;
    const start = performance.now();
    const hours = 4;
    const run = async (index: number) => {
      const { qualifications } = createQualificationsClient({
        credential,
        fetch: async () => Response.json([]),
      });
      await new Promise((resolve) => setTimeout(resolve, index * 97));
      while (performance.now() - start < hours * 60 * minutes) {
        calls++;
        await qualifications.list(customerId).catch((error: unknown) => failures.push(error));
        await new Promise((resolve) => setTimeout(resolve, minutes + index * 101));
      }
    };
    // Outages and token lifetimes have different periods, so that every phase occurs.
    const phase = () => (performance.now() - start) % (60 * minutes);
    const outage = async () => {
      while (performance.now() - start < hours * 60 * minutes) {
        service.fault = phase() > 20 * minutes && phase() < 35 * minutes ? down : undefined;
        await new Promise((resolve) => setTimeout(resolve, 5000));
      }
    };
    const all = Promise.all([
      outage(),
      ...Array.from({ length: clients }, (_, index) => run(index)),
    ]);
    await vi.advanceTimersByTimeAsync((hours * 60 + 2) * minutes);
    await all;
    expect(failures).toEqual([]);
    expect(calls).toBeGreaterThan(clients * 150);
    expect(service.mostInFlight).toBe(1);
    expect(service.requests).toBeLessThan(hours * 40);
  });
});
