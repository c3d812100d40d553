import { createQualificationsClient } from "@partner-qualifications/client";
import { contract } from "@partner-qualifications/spec/model";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, type EnvironmentName, environments } from "../src/index.ts";
import { claimsOf, scope, world } from "./world.ts";

const names = Object.keys(environments) as EnvironmentName[];

test("the environments are the contract's, for both kinds of token", () => {
  const { appUser, appOnly } = contract.securitySchemes;
  for (const scheme of [appUser, appOnly]) {
    const own = Object.entries(scheme?.environments ?? {});
    expect(own.map(([name]) => name)).toEqual(names);
    for (const [name, { authority, resource }] of own) {
      expect(environments[name as EnvironmentName]).toEqual({
        authority,
        resource,
        appUserScope: `${resource}/user_impersonation`,
        appOnlyScope: `${resource}/.default`,
      });
    }
  }
});

describe.each(names)("%s", (environment) => {
  test("asks its own authority at Entra's v2 endpoint, and nobody else", async () => {
    const asked: string[] = [];
    const credential = appOnlyCredential({
      tenant: "contoso.onmicrosoft.com",
      clientId: "6f9f2f3e-0000-4000-8000-00000000c11e",
      clientSecret: "s",
      environment,
      async fetch(url) {
        asked.push(String(url).replace(/\?.*/, ""));
        return Response.json({ access_token: "t", expires_in: 3600, token_type: "Bearer" });
      },
    });
    await credential.getToken(environments[environment].appOnlyScope);
    const { authority } = environments[environment];
    expect(asked).toEqual([`${authority}/contoso.onmicrosoft.com/oauth2/v2.0/token`]);
  });

  test("gives a token for its own Partner Center, whose client asks for that", async () => {
    await using w = await world();
    const client = createQualificationsClient({
      credential: appOnlyCredential({ ...w.options, environment }),
      environment: environment === "china" ? "china" : "global",
      async fetch(_, { headers }) {
        const { authorization } = headers as Record<string, string>;
        return Response.json([{ qualification: String(claimsOf(authorization!).aud) }]);
      },
    });
    const [answer] = await client.qualifications.list("11111111-2222-3333-4444-555555555555");
    expect(answer?.qualification).toBe(environments[environment].resource);
  });
});

test("the scope of these tests is the one that the client asks for", () => {
  expect(scope).toBe("https://api.partnercenter.microsoft.com/.default");
});
