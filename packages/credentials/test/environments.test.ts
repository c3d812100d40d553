import { createQualificationsClient } from "@partner-qualifications/client";
import { contract } from "@partner-qualifications/spec/model";
import { describe, expect, test } from "vitest";
import { appOnlyCredential, type EnvironmentName, environments } from "../src/index.ts";
import { claimsOf, scope, world } from "./world.ts";

const names = Object.keys(environments) as EnvironmentName[];

test("takes the environments from the contract for both kinds of token", () => {
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
  test("requests tokens from its own authority's v2 endpoint only", async () => {
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

  test("returns a token for its own Partner Center", async () => {
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

test("tests the scope requested by the client", () => {
  expect(scope).toBe("https://api.partnercenter.microsoft.com/.default");
});
