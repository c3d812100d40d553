import type { TokenCredential } from "@azure/identity";
import {
  type Credential,
  createQualificationsClient,
  type Fetch,
} from "@partner-qualifications/client";
import { createNodeFetch, type NodeFetch } from "@partner-qualifications/client/node";
import { expect, expectTypeOf, test } from "vitest";
import {
  type AbortSignalLike,
  type ApplicationOptions,
  type AppUserOptions,
  appOnlyCredential,
  appUserCredential,
  callbackRefreshTokenStore,
  type CredentialError,
  type CredentialErrorData,
  credentialFromEnvironment,
  fileRefreshTokenStore,
  type PartnerCenterCredential,
  type TokenRequestOptions,
} from "../src/index.ts";
import { failureOf, scope, world } from "./world.ts";

type AzureSignal = NonNullable<
  NonNullable<Parameters<TokenCredential["getToken"]>[1]>["abortSignal"]
>;

test("fits the types of the Azure SDK and the client", () => {
  expectTypeOf<PartnerCenterCredential>().toExtend<TokenCredential>();
  expectTypeOf<PartnerCenterCredential>().toExtend<Credential>();
  expectTypeOf<TokenCredential>().toExtend<Credential>();
  for (const make of [appOnlyCredential, appUserCredential, credentialFromEnvironment]) {
    expectTypeOf(make).returns.toExtend<TokenCredential>();
    expectTypeOf(make).returns.toExtend<Credential>();
  }
});

test("signals of the platform and the Azure SDK fit", () => {
  expectTypeOf<AbortSignal>().toExtend<AbortSignalLike>();
  expectTypeOf<AzureSignal>().toExtend<AbortSignalLike>();
  expectTypeOf<{ signal: undefined; abortSignal: undefined }>().toExtend<TokenRequestOptions>();
});

test("accepts the Node transport and the global fetch in client and credential", () => {
  expectTypeOf<NodeFetch>().toExtend<Fetch>();
  expectTypeOf<typeof globalThis.fetch>().toExtend<Fetch>();
  expectTypeOf<ApplicationOptions["fetch"]>().toEqualTypeOf<Fetch | undefined>();
});

test("stores fit an app+user credential, and process.env its reader", () => {
  expectTypeOf(fileRefreshTokenStore).returns.toExtend<AppUserOptions["store"]>();
  expectTypeOf(callbackRefreshTokenStore).returns.toExtend<AppUserOptions["store"]>();
  expectTypeOf<NodeJS.ProcessEnv>().toExtend<Parameters<typeof credentialFromEnvironment>[0]>();
  expectTypeOf<CredentialError>().toExtend<CredentialErrorData>();
});

test("runs with the Node transport for client and credential", async () => {
  await using w = await world();
  await using fetch = createNodeFetch();
  const credential = appOnlyCredential({ ...w.options, fetch });
  const client = createQualificationsClient({ credential, fetch, baseUrl: w.entra.url });
  await failureOf(client.qualifications.list("11111111-2222-3333-4444-555555555555"));
  expect(w.entra.requests).toMatchObject([{ status: 200 }]);
});

/** A minimal `AbortSignalLike`: no reason, no `once`, no `signal` option. */
class OldSignal implements AbortSignalLike {
  aborted = false;
  readonly listeners = new Set<() => void>();
  addEventListener(_: "abort", listener: () => void): void {
    this.listeners.add(listener);
  }
  removeEventListener(_: "abort", listener: () => void): void {
    this.listeners.delete(listener);
  }
  abort(): void {
    this.aborted = true;
    for (const listener of this.listeners) listener();
  }
}

test("obeys an Azure SDK signal and removes its listeners", async () => {
  await using w = await world();
  w.entra.failNext({ kind: "hang" });
  const [used, aborted] = [new OldSignal(), new OldSignal()];
  const credential = appOnlyCredential(w.options);
  const asked = credential.getToken(scope, { abortSignal: used });
  await expect.poll(() => w.entra.requests.length).toBe(1);
  used.abort();
  aborted.abort();
  expect(await failureOf(asked)).toMatchObject({ kind: "aborted" });
  const again = credential.getToken(scope, { abortSignal: aborted });
  expect(await failureOf(again)).toMatchObject({ kind: "aborted" });
  for (const { listeners } of [used, aborted]) expect(listeners.size).toBe(0);
  expect(w.entra.requests).toHaveLength(1);
});
