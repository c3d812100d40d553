import { expect, test } from "vitest";
import { startMock, testTokens } from "../src/index.ts";
import { submit, list, school } from "./call.ts";

const now = "2026-11-23T09:00:00Z";
const seconds = Date.parse(now) / 1000;
const jwt = (claims: object) =>
  ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "x"].join(".");
const aud = "https://api.partnercenter.microsoft.com";

test.each([
  ["the test token app-only", "app-only", 200, 403, "900329"],
  ["the test token expired", "expired", 401, 401, "400"],
  ["the test token wrong-audience", "wrong-audience", 401, 401, "900420"],
  ["a JWT for a user", jwt({ aud, scp: "user_impersonation", exp: seconds + 1 }), 200, 201, ""],
  ["a JWT of an application", jwt({ aud, idtyp: "app" }), 200, 403, "900329"],
  ["a JWT with roles and no scope", jwt({ aud: `${aud}/`, roles: ["a"] }), 200, 403, "900329"],
  ["a JWT that has expired", jwt({ aud, scp: "a", exp: seconds }), 401, 401, "400"],
  ["a JWT for Graph", jwt({ aud: "https://graph.windows.net" }), 401, 401, "900420"],
  ["three parts that are not a JWT", "a.b.c", 200, 201, ""],
])("judges %s", async (_, token, reading, writing, code) => {
  await using mock = await startMock({ clock: "manual", now });
  const headers = { Authorization: `Bearer ${token}` };
  const read = await list(mock, school, headers);
  expect(read.status).toBe(reading);
  expect(read.headers.has("WWW-Authenticate")).toBe(reading === 401);
  const written = await submit(mock, school, undefined, headers);
  expect(written.status).toBe(writing);
  expect(await written.json()).toMatchObject(code ? { code } : { vettingStatus: "InReview" });
});

test("tests every documented token", () => {
  expect(testTokens.map(({ token }) => token)).toEqual(["app-only", "expired", "wrong-audience"]);
});
