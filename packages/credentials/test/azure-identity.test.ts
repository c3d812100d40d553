import { ClientSecretCredential } from "@azure/identity";
import { createQualificationsClient } from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { makeCertificate } from "./certificates.ts";
import { scope, world } from "./world.ts";

const customerId = "11111111-2222-3333-4444-555555555555";

test("uses an @azure/identity credential in the client without this package", async () => {
  const { certificate, privateKey } = await makeCertificate();
  await using w = await world({ tls: { key: privateKey, cert: certificate } });
  await using mock = await startMock();
  const { tenant, clientId, clientSecret, url } = w.entra;
  const credential = new ClientSecretCredential(tenant, clientId, clientSecret, {
    authorityHost: url,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: certificate },
  });
  const client = createQualificationsClient({ credential, baseUrl: mock.url });
  expect(await client.qualifications.list(customerId)).toEqual([]);
  expect(await client.qualifications.list(customerId)).toEqual([]);
  expect(w.entra.requests).toMatchObject([{ grant: "client_credentials", status: 200 }]);
  expect(w.entra.requests[0]?.form.scope).toContain(scope);
});
