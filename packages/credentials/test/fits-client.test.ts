import { createQualificationsClient, type Credential } from "@partner-qualifications/client";
import { createNodeFetch, type NodeFetch } from "@partner-qualifications/client/node";
import { expect, expectTypeOf, test } from "vitest";
import {
  appOnlyCredential,
  type ApplicationSettings,
  type PartnerCenterCredential,
} from "../src/index.ts";
import { scope, world } from "./world.ts";

test("fits the client, and its Node transport fits the credential", () => {
  expectTypeOf<PartnerCenterCredential>().toExtend<Credential>();
  expectTypeOf<NodeFetch>().toExtend<ApplicationSettings["fetch"]>();
  expectTypeOf(createQualificationsClient).toBeCallableWith({
    credential: {} as PartnerCenterCredential,
  });
});

test("gets its token through the client's Node transport", async () => {
  await using w = await world();
  await using fetch = createNodeFetch();
  const credential = appOnlyCredential({ ...w.options, fetch });
  expect((await credential.getToken(scope)).token).toBeTypeOf("string");
  expect(w.entra.requests).toHaveLength(1);
});
