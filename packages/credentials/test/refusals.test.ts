import { AuthenticationError, createQualificationsClient } from "@partner-qualifications/client";
import { describe, expect, test } from "vitest";
import {
  appOnlyCredential,
  appUserCredential,
  CredentialError,
  explainCode,
} from "../src/index.ts";
import { failureOf, scope, world } from "./world.ts";

/** Entra's refusals and the expected errors. */
const refusals = [
  ["invalid_grant", 700082, "refreshTokenExpired", /expired.*not used.*qualifications-consent/],
  ["invalid_grant", 50173, "refreshTokenExpired", /revoked.*qualifications-consent/],
  ["invalid_grant", 70043, "refreshTokenExpired", /sign-in frequency/],
  ["invalid_grant", 65001, "consentMissing", /consented/],
  ["interaction_required", 50076, "mfaRequired", /multi-factor/],
  ["interaction_required", 50079, "mfaRequired", /multi-factor/],
  ["interaction_required", 53003, "signInBlocked", /policy/],
  ["invalid_client", 7000215, "clientRefused", /secret is wrong.*not its id/],
  ["invalid_client", 7000222, "clientRefused", /secret has expired/],
  ["unauthorized_client", 700016, "clientRefused", /tenant has no such application/],
  ["invalid_resource", 500011, "wrongAudience", /environment/],
  ["invalid_request", 90002, "wrongTenant", /tenant does not exist/],
  ["temporarily_unavailable", 90033, "unavailable", /Try again later/],
  // Unlisted codes: OAuth's error decides.
  ["invalid_grant", 99999999, "refreshTokenExpired", /qualifications-consent/],
  ["invalid_client", 99999999, "clientRefused", /secret or certificate/],
  ["something_new", 99999999, "refused", /trace id/],
] as const;

test.each(refusals)("maps %s with AADSTS%i to %s", async (error, code, kind, words) => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  const fault = { kind: "refuse", error, code } as const;
  w.entra.failNext(...Array.from({ length: 10 }, () => fault));
  const timeoutMs = kind === "unavailable" ? 2000 : undefined;
  const credential = appUserCredential({ ...w.options, timeoutMs, store: w.store });
  const failure = await failureOf(credential.getToken(scope));
  expect(failure).toBeInstanceOf(CredentialError);
  expect(failure).toMatchObject({
    kind,
    error,
    code: `AADSTS${code}`,
    status: 400,
    traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    timestamp: expect.stringMatching(/Z$/),
    docs: `${w.entra.url}/error?code=${code}`,
    retryable: kind === "unavailable",
  });
  expect(failure.message).toMatch(words);
  expect(failure.message).toContain(`(${error}, AADSTS${code})`);
});

test("keeps its data through JSON", async () => {
  await using w = await world();
  w.entra.failNext({ kind: "refuse", error: "invalid_client", code: 7000222, status: 401 });
  const failure = await failureOf(appOnlyCredential(w.options).getToken(scope));
  expect(JSON.parse(JSON.stringify(failure))).toEqual({
    name: "CredentialError",
    message: failure.message,
    retryable: false,
    kind: "clientRefused",
    meaning: "The client secret has expired",
    remedy: "Create a new secret in the app registration.",
    error: "invalid_client",
    code: "AADSTS7000222",
    status: 401,
    traceId: expect.any(String),
    correlationId: expect.any(String),
    timestamp: expect.any(String),
    docs: expect.any(String),
  });
  expect(failure.cause).toBeUndefined();
});

test("is the cause of the client's AuthenticationError", async () => {
  await using w = await world();
  w.entra.revoke(w.entra.issueRefreshToken());
  await w.store.write(w.entra.refreshTokens[0]!);
  const client = createQualificationsClient({
    credential: appUserCredential({ ...w.options, store: w.store }),
    // Has no listener, and receives no request.
    baseUrl: "http://127.0.0.1:9",
  });
  const failure = await failureOf(
    client.qualifications.list("11111111-2222-3333-4444-555555555555"),
  );
  expect(failure).toBeInstanceOf(AuthenticationError);
  expect(failure.cause).toBeInstanceOf(CredentialError);
  expect(failure.cause).toMatchObject({ kind: "refreshTokenExpired", code: "AADSTS50173" });
});

test("recognizes an error of another copy of this package", () => {
  const brand = Symbol.for("@partner-qualifications/credentials/error");
  expect({ [brand]: true }).toBeInstanceOf(CredentialError);
  expect(new Error("Another")).not.toBeInstanceOf(CredentialError);
  expect(undefined).not.toBeInstanceOf(CredentialError);
});

describe("explainCode", () => {
  test("returns a remedy for tokens rejected by Partner Center", () => {
    expect(explainCode("900420")).toEqual({
      meaning: "The audience of the token is invalid or no longer supported.",
      remedy: expect.stringContaining("Partner Center's own scope"),
    });
    expect(explainCode("900329")).toEqual({
      meaning: "The resource does not accept app-only authentication.",
      remedy: expect.stringContaining("appUserCredential"),
    });
  });

  test("accepts Entra's codes with and without their prefix, and rejects others", () => {
    expect(explainCode("AADSTS50076")).toEqual(explainCode("50076"));
    expect(explainCode("50076")?.remedy).toContain("second factor");
    expect(explainCode("20002")).toBeUndefined();
    expect(explainCode("constructor")).toBeUndefined();
  });
});
