import { createPrivateKey } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  appOnlyCredential,
  type ApplicationOptions,
  appUserCredential,
  callbackRefreshTokenStore,
  credentialFromEnvironment,
  fileRefreshTokenStore,
} from "../src/index.ts";
import { makeCertificate } from "./certificates.ts";
import { failureOf, scope, world } from "./world.ts";

const good = {
  tenant: "contoso.onmicrosoft.com",
  clientId: "6f9f2f3e-0000-4000-8000-00000000c11e",
  clientSecret: "s",
};
/** As a caller without types would. */
const untyped = (options: object) =>
  failureOf(() => appOnlyCredential(options as ApplicationOptions));

describe("names all missing settings at once", () => {
  test("in options", async () => {
    expect(await untyped({})).toMatchObject({
      kind: "missingSetting",
      meaning: "Missing: tenant, clientId, clientSecret or certificate",
    });
  });

  test("in variables, counting an empty one as missing", async () => {
    const env = { PARTNER_CENTER_CLIENT_ID: good.clientId, PARTNER_CENTER_TENANT: "" };
    expect(await failureOf(() => credentialFromEnvironment(env))).toMatchObject({
      kind: "missingSetting",
      meaning:
        "Missing: PARTNER_CENTER_TENANT, PARTNER_CENTER_CLIENT_SECRET or PARTNER_CENTER_CERTIFICATE_FILE",
    });
  });
});

test.each([
  [{ tenant: "common" }, /tenant is neither a GUID nor a domain.*common/],
  [{ tenant: "contoso" }, /tenant is neither a GUID nor a domain/],
  [{ tenant: "contoso.com/../other" }, /tenant is neither a GUID nor a domain/],
  [{ tenant: "{9daaeb1c-4195-4db5-9f1d-509eb70c8c2d}" }, /tenant is neither/],
  [{ clientId: "onboarding" }, /clientId is not a GUID/],
  [{ environment: "germany" }, /environment is not one of global, usGovernment, china/],
  [{ environment: "constructor" }, /environment is not one of/],
  [{ authority: "http://login.microsoftonline.com" }, /authority is not an https address/],
  [{ authority: "login.microsoftonline.com" }, /authority is not an https address/],
  [{ timeoutMs: 0 }, /timeoutMs/],
  [{ timeoutMs: 120_000 }, /timeoutMs/],
  [{ timeoutMs: Number.NaN }, /timeoutMs/],
  [{ certificate: { pem: "x" } }, /both set/],
])("rejects %j", async (given, words) => {
  const error = await untyped({ ...good, ...given });
  expect(error).toMatchObject({ kind: "invalidSetting" });
  expect(error.message).toMatch(words);
});

describe("names a setting with white space around it and does not send it:", () => {
  const texts: [string, object, string][] = [
    ["a secret ending with a line break", { clientSecret: "s\n" }, "clientSecret ends with a line"],
    ["a secret ending with a space", { clientSecret: "s " }, "clientSecret ends with white space"],
    ["a secret of a line break alone", { clientSecret: "\n" }, "clientSecret begins with a line"],
    ["a secret of two lines", { clientSecret: "s\nt" }, "clientSecret contains a line break"],
    ["a tenant", { tenant: `${good.tenant}\r\n` }, "tenant ends with a line break"],
    ["a client id", { clientId: ` ${good.clientId}` }, "clientId begins with white space"],
    ["an environment", { environment: "china\n" }, "environment ends with a line break"],
    ["an authority", { authority: "https://a.example\n" }, "authority ends with a line break"],
    ["a secret that is a number", { clientSecret: 7 }, "clientSecret is a number, not a string"],
  ];
  test.each(texts)("%s", async (_, given, words) => {
    const error = await untyped({ ...good, ...given });
    expect(error).toMatchObject({ kind: "invalidSetting" });
    expect(error.message).toContain(words);
  });

  test.each([
    "PARTNER_CENTER_TENANT",
    "PARTNER_CENTER_CLIENT_ID",
    "PARTNER_CENTER_CLIENT_SECRET",
    "PARTNER_CENTER_CERTIFICATE_FILE",
    "PARTNER_CENTER_REFRESH_TOKEN_FILE",
    "PARTNER_CENTER_ENVIRONMENT",
    "PARTNER_CENTER_AUTHORITY",
  ])("variable %s", async (name) => {
    await using w = await world();
    const env = { ...w.env, [name]: `${Object(w.env)[name] ?? "x"}\n` };
    const error = await failureOf(() => credentialFromEnvironment(env));
    expect(error).toMatchObject({ kind: "invalidSetting" });
    expect(error.message).toContain(`${name} ends with a line break`);
    expect(error.message).not.toContain(w.entra.clientSecret);
  });

  test("accepts a passphrase only if it decrypts the key", async () => {
    const { certificate, privateKey } = await makeCertificate();
    const cipher = { cipher: "aes-256-cbc", passphrase: "right" } as const;
    const key = createPrivateKey(privateKey).export({ type: "pkcs8", format: "pem", ...cipher });
    expect(await refuse(`${certificate}\n${key}`, "right\n")).toMatch(
      /begins or ends with white space/,
    );
  });

  test("sends a vault's refresh token without the white space around it", async () => {
    await using w = await world();
    const token = w.entra.issueRefreshToken();
    const written: string[] = [];
    const reads = [`${token}\n`, `${token}\n`];
    const store = callbackRefreshTokenStore({
      read: () => reads.shift(),
      write: (next) => void written.push(next),
    });
    await appUserCredential({ ...w.options, store }).getToken(scope);
    expect(w.entra.requests).toMatchObject([{ status: 200, form: { refresh_token: token } }]);
    expect(written).toEqual([w.entra.refreshTokens.at(-1)]);
  });
});

describe("rejects before sending anything:", () => {
  const anyStore = { read: async () => "t", write: async () => {}, exclusively: async () => {} };
  const mistakes: [string, () => unknown, RegExp][] = [
    ["no store", () => appUserCredential(good as never), /Missing: store/],
    [
      "a store without a lock",
      () => appUserCredential({ ...good, store: { ...anyStore, exclusively: 7 } } as never),
      /store has no exclusively/,
    ],
    ["no path", () => fileRefreshTokenStore(undefined as never), /path .* is empty/],
    ["an empty path", () => fileRefreshTokenStore(""), /path .* is empty/],
    ["a path of two lines", () => fileRefreshTokenStore("a\nb"), /path .* contains a line break/],
    [
      "a vault without write",
      () => callbackRefreshTokenStore({ read() {} } as never),
      /write is not/,
    ],
    [
      "a fetch that is not a function",
      () => appOnlyCredential({ ...good, fetch: 7 } as never),
      /fetch is not/,
    ],
    [
      "a time as a string",
      () => appOnlyCredential({ ...good, timeoutMs: "9" } as never),
      /timeoutMs/,
    ],
  ];
  test.each(mistakes)("%s", async (_, make, words) => {
    const error = await failureOf(make);
    expect(error).toMatchObject({ kind: expect.stringMatching(/Setting$/) });
    expect(error.message).toMatch(words);
  });

  test("an AbortController passed as a signal", async () => {
    const signal = new AbortController() as never;
    const error = await failureOf(appOnlyCredential(good).getToken(scope, { signal }));
    expect(error).toMatchObject({ kind: "invalidSetting" });
    expect(error.message).toContain("controller.signal");
  });
});

test.each([
  "9daaeb1c-4195-4db5-9f1d-509eb70c8c2d",
  "contoso.onmicrosoft.com",
  "xn--bcher-kva.example",
])("accepts the tenant %s", (tenant) => {
  expect(appOnlyCredential({ ...good, tenant })).toHaveProperty("getToken");
});

/** The error message for a certificate. */
async function refuse(pem: string, passphrase?: string): Promise<string> {
  const error = await untyped({ ...good, clientSecret: "", certificate: { pem, passphrase } });
  expect(error).toMatchObject({ kind: "invalidSetting" });
  return error.message;
}

describe("rejects a certificate", () => {
  test("without its key", async () => {
    const { certificate } = await makeCertificate();
    expect(await refuse(certificate)).toMatch(/a certificate without its private key/);
  });

  test("without a PEM block", async () => {
    expect(await refuse("-----BEGIN NOTHING-----")).toMatch(/contains no certificate/);
  });

  test("that is corrupt", async () => {
    const { certificate, privateKey } = await makeCertificate();
    const broken = certificate.replace(/\n[^-\n]+\n/, "\nAAAA\n");
    expect(await refuse(broken + privateKey)).toMatch(/unreadable certificate/);
    const brokenKey = privateKey.replace(/\n[^-\n]+\n/, "\nAAAA\n");
    expect(await refuse(certificate + brokenKey)).toMatch(/unreadable private key/);
  });

  test("with another certificate's key", async () => {
    const [one, other] = [await makeCertificate(), await makeCertificate()];
    expect(await refuse(one.certificate + other.privateKey)).toMatch(/key of another certificate/);
  });

  test("that has expired", async () => {
    const { pem } = await makeCertificate({
      notBeforeDate: new Date("2020-01-01"),
      notAfterDate: new Date("2021-06-05"),
    });
    expect(await refuse(pem)).toMatch(/expired on 2021-06-05/);
  });

  test("with an encrypted key and a missing or wrong passphrase", async () => {
    const { certificate, privateKey } = await makeCertificate();
    const cipher = { cipher: "aes-256-cbc", passphrase: "right" } as const;
    const key = createPrivateKey(privateKey).export({ type: "pkcs8", format: "pem", ...cipher });
    expect(await refuse(`${certificate}\n${key}`)).toMatch(/there is no passphrase/);
    expect(await refuse(`${certificate}\n${key}`, "wrong")).toMatch(/the passphrase is wrong/);
  });

  test("in a missing file, or in a file without its key", async () => {
    await using w = await world();
    const file = join(w.folder, "certificate.pem");
    const env = {
      ...w.env,
      PARTNER_CENTER_CLIENT_SECRET: "",
      PARTNER_CENTER_CERTIFICATE_FILE: file,
    };
    const missing = await failureOf(() => credentialFromEnvironment(env));
    expect(missing.message).toMatch(/PARTNER_CENTER_CERTIFICATE_FILE names .* cannot be read/);
    expect(missing.message).toContain("ENOENT");
    await writeFile(file, (await makeCertificate()).certificate);
    const keyless = await failureOf(() => credentialFromEnvironment(env));
    expect(keyless.message).toMatch(
      /PARTNER_CENTER_CERTIFICATE_FILE contains a certificate without/,
    );
  });
});
