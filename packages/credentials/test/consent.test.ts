import { readdir, stat, writeFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { appUserCredential } from "../src/index.ts";
import { browse, consent } from "./consent.ts";
import { makeCertificate } from "./certificates.ts";
import { scope } from "./world.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe("the sign-in", () => {
  test("stores a usable refresh token", async () => {
    await using c = await consent();
    const page = await browse(await c.address());
    expect(page).toEqual({ status: 200, text: expect.stringContaining("Signed in") });
    expect(await c.command.ended).toEqual({ code: 0, signal: null });
    expect(c.command.output.stderr).toBe("");
    expect(c.command.output.stdout).toContain("Signed in as adele@contoso.onmicrosoft.com");
    expect(c.command.output.stdout).toContain(
      "Multi-factor authentication was used (amr: pwd, mfa).",
    );
    expect(c.command.output.stdout).toContain(`Stored the refresh token in ${c.file}`);
    expect((await stat(c.file)).mode & 0o777).toBe(0o600);
    expect(await readdir(c.folder)).toEqual(["refresh-token"]);
    await appUserCredential({ ...c.options, store: c.store }).getToken(scope);
    expect(c.entra.requests.map(({ grant, status }) => [grant, status])).toEqual([
      ["authorization_code", 200],
      ["refresh_token", 200],
    ]);
  });

  test("requests the sign-in with PKCE, a state and the user's permission", async () => {
    await using c = await consent();
    const { origin, pathname, searchParams } = await c.address();
    expect(origin + pathname).toBe(`${c.entra.url}/contoso.onmicrosoft.com/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{22}$/),
      redirect_uri: `http://localhost:${c.port}`,
    });
    expect(searchParams.get("scope")?.split(" ")).toEqual(
      expect.arrayContaining([
        "https://api.partnercenter.microsoft.com/user_impersonation",
        "offline_access",
      ]),
    );
    await browse(await c.address());
    await c.command.ended;
    const verifier = c.entra.requests[0]?.form.code_verifier;
    expect(verifier).toMatch(/^[\w-]{43,128}$/);
    expect(searchParams.toString()).not.toContain(verifier);
  });

  test("accepts a certificate instead of a secret", async () => {
    const { certificate, pem } = await makeCertificate();
    await using c = await consent({ certificate }, { env: { PARTNER_CENTER_CLIENT_SECRET: "" } });
    expect(await c.command.ended).toMatchObject({ code: 2 });
    const file = join(c.folder, "certificate.pem");
    await writeFile(file, pem);
    await using again = await consent(
      { certificate },
      { args: ["--print", "--certificate", file] },
    );
    expect((await browse(await again.address())).text).toContain("Signed in");
    expect(again.entra.requests[0]?.form).toHaveProperty("client_assertion");
  });

  test("warns about a missing second factor and since when it matters", async () => {
    await using c = await consent({ mfa: false });
    await browse(await c.address());
    expect(await c.command.ended).toMatchObject({ code: 0 });
    expect(c.command.output.stderr).toMatch(
      /^Warning: multi-factor authentication was not used \(amr: pwd\).*2026-04-01/,
    );
  });
});

describe("secrets", () => {
  test("prints no secret, in the terminal or on the page", async () => {
    await using c = await consent();
    const { text } = await browse(await c.address());
    await c.command.ended;
    const all = text + c.command.output.stdout + c.command.output.stderr;
    const secrets = [...c.entra.secrets(), (await c.store.read())!];
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  test("escapes the sign-in page's text", async () => {
    await using c = await consent();
    const state = (await c.address()).searchParams.get("state");
    const script = encodeURIComponent("<script>alert(1)</script>");
    const { text } = await browse(
      `http://localhost:${c.port}/?error=${script}&error_description=${script}&state=${state}`,
    );
    expect(text).not.toContain("<script>");
    expect(await c.command.ended).toMatchObject({ code: 1 });
  });
});

describe("the redirect", () => {
  test("reports a denied consent and stores nothing", async () => {
    await using c = await consent({ consent: "denied" });
    expect((await browse(await c.address())).text).toContain("The user declined to consent");
    expect(await c.command.ended).toMatchObject({ code: 1 });
    expect(c.command.output.stderr).toMatch(
      /declined to consent \(access_denied, AADSTS65004\).*administrator/,
    );
    expect(await readdir(c.folder)).toEqual([]);
  });

  test("rejects a redirect with another state and keeps waiting", async () => {
    await using c = await consent();
    const address = await c.address();
    const answer = `http://localhost:${c.port}/?code=stolen&state=`;
    for (const state of ["another", ""]) {
      expect(await browse(answer + state)).toEqual({
        status: 400,
        text: expect.stringContaining("Another sign-in"),
      });
    }
    await c.command.printed(/Ignored a redirect with another state/);
    expect(c.entra.requests).toEqual([]);
    expect((await browse(address)).text).toContain("Signed in");
    expect(await c.command.ended).toMatchObject({ code: 0 });
  });

  test("is answered at each address that localhost may be", async () => {
    await using c = await consent();
    await c.address();
    const loopback = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ internal }) => internal),
    );
    const hosts = loopback.map(({ family, address }) =>
      family === "IPv6" ? `[${address}]` : address,
    );
    expect(hosts).toContain("127.0.0.1");
    for (const host of hosts)
      expect(await browse(`http://${host}:${c.port}/`), host).toMatchObject({ status: 404 });
  });

  test("accepts a repeated redirect once and answers both pages", async () => {
    await using c = await consent({ delayMs: 1000 });
    const address = await c.address();
    const { headers } = await fetch(address, { redirect: "manual" });
    const answer = headers.get("location")!;
    const pages = await Promise.all([browse(answer), browse(answer)]);
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(await c.command.ended).toMatchObject({ code: 0 });
    expect(c.entra.requests).toHaveLength(1);
  });
});

describe("a failed command", () => {
  test("reports a port in use and suggests another", async () => {
    await using c = await consent();
    await c.address();
    await using other = await consent({}, { args: ["--print", "--port", String(c.port)] });
    expect(await other.command.ended).toMatchObject({ code: 1 });
    expect(other.command.output.stderr).toMatch(
      new RegExp(`Port ${c.port} is in use\\. .*--port.*register http://localhost:N`),
    );
  });

  test("stops waiting after the time limit", async () => {
    await using c = await consent({}, { args: ["--print", "--timeout", "1"] });
    expect(await c.command.ended).toMatchObject({ code: 1 });
    expect(c.command.output.stderr).toMatch(
      /The sign-in did not finish within 1 seconds?; nothing was stored/,
    );
  });

  test("reports an unwritable folder before the sign-in", async () => {
    await using c = await consent({}, { args: ["--print", "--store", "/nowhere/at/all"] });
    expect(await c.command.ended).toMatchObject({ code: 1 });
    expect(c.command.output.stderr).toMatch(/cannot be locked \(ENOENT\)/);
    expect(c.command.output.stdout).toBe("");
  });
});

describe("options", () => {
  const nothing = {
    PARTNER_CENTER_TENANT: "",
    PARTNER_CENTER_CLIENT_ID: "",
    PARTNER_CENTER_CLIENT_SECRET: "",
    PARTNER_CENTER_REFRESH_TOKEN_FILE: "",
  };

  test("names all missing ones by variable and flag", async () => {
    await using c = await consent({}, { env: nothing });
    expect(await c.command.ended).toMatchObject({ code: 2 });
    for (const name of [
      "PARTNER_CENTER_TENANT (--tenant)",
      "PARTNER_CENTER_CLIENT_ID (--client-id)",
      "PARTNER_CENTER_CLIENT_SECRET or PARTNER_CENTER_CERTIFICATE_FILE (--certificate)",
      "PARTNER_CENTER_REFRESH_TOKEN_FILE (--store)",
    ]) {
      expect(c.command.output.stderr).toContain(name);
    }
  });

  const invalid: [string[], RegExp][] = [
    [["--port", "70000"], /--port is not a whole number from 1 to 65535/],
    [["--timeout", "soon"], /--timeout is not a whole number/],
    [["--secret", "s"], /--secret is not an option\. See --help\.$/],
    [["--prnt"], /--prnt is not an option\. Did you mean --print\?$/],
    [["--tennant", "t"], /--tennant is not an option\. Did you mean --tenant\?$/],
    [["contoso"], /Unexpected argument 'contoso'\. See --help\.$/],
    [["--environment", "moon"], /PARTNER_CENTER_ENVIRONMENT \(--environment\) is not one of/],
    [["--tenant", "organizations"], /PARTNER_CENTER_TENANT \(--tenant\) is neither a GUID/],
  ];

  test.each(process.env.SWEEPS ? invalid : invalid.slice(0, 4))(
    "rejects %j",
    async (args, words) => {
      await using c = await consent({}, { args: ["--print", ...args] });
      expect(await c.command.ended).toMatchObject({ code: 2 });
      expect(c.command.output.stderr.trim()).toMatch(words);
    },
  );

  test("accepts flags for everything but the secret", async () => {
    const { PARTNER_CENTER_CLIENT_SECRET: _, ...rest } = nothing;
    await using w = await consent({}, { args: ["--help"] });
    const { tenant, clientId } = w.entra;
    const args = ["--tenant", tenant, "--client-id", clientId, "--environment", "china"];
    const store = join(w.folder, "elsewhere");
    await using c = await consent({}, { args: ["--print", ...args, "--store", store], env: rest });
    const { searchParams } = await c.address();
    expect(searchParams.get("scope")).toContain("partner.partnercenterapi.microsoftonline.cn");
    await browse(await c.address());
    expect(await c.command.ended).toMatchObject({ code: 0 });
    expect((await stat(store)).mode & 0o777).toBe(0o600);
  });

  test("prints the version", async () => {
    await using c = await consent({}, { args: ["--version"] });
    expect(await c.command.ended).toMatchObject({ code: 0 });
    expect(c.command.output.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("prints help", async () => {
    await using c = await consent({}, { args: ["--help"] });
    expect(await c.command.ended).toMatchObject({ code: 0 });
    for (const line of c.command.output.stdout.split("\n")) {
      expect(line.length).toBeLessThanOrEqual(100);
    }
    expect(c.command.output.stdout).toContain("PARTNER_CENTER_CLIENT_SECRET");
  });
});
