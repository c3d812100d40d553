import { createQualificationsClient } from "@partner-qualifications/client";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { startMock } from "@partner-qualifications/mock";
import { afterEach, describe, expect, test, vi } from "vitest";
import { credentialFromEnvironment } from "../src/index.ts";
import { browse, consent, freePort } from "./consent.ts";
import { startProxy } from "./proxy-server.ts";
import { failureOf, scope, world } from "./world.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => {
  vi.unstubAllEnvs();
});

const customerId = "11111111-2222-3333-4444-555555555555";
const impatient = { timeoutMs: 2000 };

/** Replaces the machine's proxy variables. */
function setProxies(variables: Record<string, string>): void {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, variables[name] ?? "");
    vi.stubEnv(name.toLowerCase(), undefined as never);
  }
}

describe("one createNodeFetch() for client and credential", () => {
  test.each([
    ["with its scheme", (host: string) => `http://${host}`],
    ["without a scheme", (host: string) => host],
  ])("sends calls and token requests through a proxy %s", async (_, address) => {
    await using w = await world();
    await using mock = await startMock();
    await using proxy = await startProxy();
    await w.store.write(w.entra.issueRefreshToken());
    setProxies({ HTTP_PROXY: address(proxy.host) });
    await using fetch = createNodeFetch();
    const credential = credentialFromEnvironment(w.env, { fetch });
    const client = createQualificationsClient({ credential, fetch, baseUrl: mock.url });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(proxy.asked).toEqual([new URL(w.entra.url).host, new URL(mock.url).host]);
  });

  test("bypasses the proxy for hosts in NO_PROXY", async () => {
    await using w = await world();
    await using mock = await startMock();
    await using proxy = await startProxy();
    await w.store.write(w.entra.issueRefreshToken());
    setProxies({ HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" });
    await using fetch = createNodeFetch();
    const credential = credentialFromEnvironment(w.env, { fetch });
    const client = createQualificationsClient({ credential, fetch, baseUrl: mock.url });
    expect(await client.qualifications.list(customerId)).toEqual([]);
    expect(proxy.asked).toEqual([]);
  });

  test("names an unreachable proxy without its password", async () => {
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    const host = `127.0.0.1:${await freePort()}`;
    setProxies({ HTTP_PROXY: `http://user:canary@${host}` });
    await using fetch = createNodeFetch();
    const credential = credentialFromEnvironment(w.env, { fetch, ...impatient });
    const reported = await failureOf(credential.getToken(scope));
    expect(reported).toMatchObject({ kind: "connection" });
    const client = createQualificationsClient({
      credential: () => "token",
      fetch,
      baseUrl: w.entra.url,
      retry: { maxAttempts: 1 },
    });
    const failed = await failureOf(client.qualifications.list(customerId));
    for (const { message } of [reported, failed]) {
      expect(message).toContain(`(ECONNREFUSED, through proxy http://${host})`);
      expect(message).not.toContain("canary");
    }
  });

  test.each(["HTTP_PROXY", "HTTPS_PROXY"])(
    "reports the status of the refusal by the %s",
    async (name) => {
      await using w = await world();
      await using proxy = await startProxy(407);
      await w.store.write(w.entra.issueRefreshToken());
      setProxies({ [name]: proxy.url });
      await using fetch = createNodeFetch();
      const authority = name === "HTTP_PROXY" ? w.entra.url : "https://login.example";
      const env = { ...w.env, PARTNER_CENTER_AUTHORITY: authority };
      const credential = credentialFromEnvironment(env, { fetch, ...impatient });
      const { message } = await failureOf(credential.getToken(scope));
      expect(message).toContain(`through proxy ${proxy.url}, which returned 407`);
      expect(w.entra.requests).toEqual([]);
    },
  );

  test.each([
    ["proxy.example:port", "proxy.example:port"],
    ["ftp://proxy.example", "ftp://proxy.example"],
    ["http://user:canary@", "http://"],
  ])("rejects the proxy %s and names its variable", (value, shown) => {
    setProxies({ HTTPS_PROXY: value });
    expect(() => createNodeFetch()).toThrow(
      `HTTPS_PROXY is "${shown}", which is not the address of a proxy. Set it to one such as`,
    );
  });
});

test("explains how to use the proxy with Node's own fetch", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  w.entra.failNext(...Array.from({ length: 10 }, () => ({ kind: "drop" }) as const));
  setProxies({ HTTP_PROXY: "http://user:canary@proxy.example:3128" });
  const credential = credentialFromEnvironment(w.env, impatient);
  const { message } = await failureOf(credential.getToken(scope));
  expect(message).toContain("does not use the proxy of HTTP_PROXY (proxy.example:3128)");
  expect(message).toContain("createNodeFetch()");
  expect(message).not.toContain("canary");
});

describe("qualifications-consent", () => {
  test("sends its token request through the environment's proxy", async () => {
    await using proxy = await startProxy();
    await using c = await consent({}, { env: { HTTP_PROXY: proxy.host } });
    await browse(await c.address());
    expect(await c.command.ended, c.command.output.stderr).toMatchObject({ code: 0 });
    expect(proxy.asked).toEqual([new URL(c.entra.url).host]);
  });

  test("names an unreachable proxy", async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await using c = await consent({}, { env: { HTTP_PROXY: host } });
    await browse(await c.address());
    expect(await c.command.ended).toMatchObject({ code: 1 });
    expect(c.command.output.stderr).toContain(`through the proxy of HTTP_PROXY (${host})`);
  });

  test("rejects an invalid proxy address", async () => {
    await using c = await consent({}, { env: { HTTPS_PROXY: "socks5://proxy.example" } });
    expect(await c.command.ended).toMatchObject({ code: 2 });
    expect(c.command.output.stderr).toContain("HTTPS_PROXY is not the address of an http or https");
  });
});
