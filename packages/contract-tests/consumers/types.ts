// Compiled by each TypeScript in each way of resolving, and run by ts-node and ts-jest.
import {
  createQualificationsClient,
  PartnerCenterError,
  type CustomerQualification,
  type Outcome,
} from "@partner-qualifications/client";
import { createFakeClient } from "@partner-qualifications/client/testing";
import {
  appOnlyCredential,
  type PartnerCenterCredential,
} from "@partner-qualifications/credentials";

export const credential: PartnerCenterCredential = appOnlyCredential({
  tenant: "contoso.onmicrosoft.com",
  clientId: "11111111-2222-3333-4444-555555555555",
  clientSecret: "secret",
});
export const client = createQualificationsClient({ credential });

export async function main(): Promise<string> {
  const fake = createFakeClient().client;
  const id = "11111111-2222-3333-4444-555555555555";
  const vetting = await fake.qualifications.request(id, {
    qualification: "Education",
    educationSegment: "K12",
  });
  const outcome: Outcome = await vetting.pollUntilDone();
  const listed: CustomerQualification[] = await fake.qualifications.list(id);
  // @ts-expect-error Nonprofit cannot be requested: the types came along.
  const refused: unknown = await fake.qualifications
    .request(id, { qualification: "Nonprofit" })
    .catch((error: unknown) => error);
  return `${outcome.status.toLowerCase()}${listed.length === 1 && refused instanceof PartnerCenterError ? "" : "?"}`;
}
