// What a team writes on the first day, for every runtime and bundler: no import of Node.
import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { createFakeClient } from "@partner-qualifications/client/testing";

const customerId = "11111111-2222-3333-4444-555555555555";

/** Returns "approved" after a request, a poll, an error and a call by path. */
export async function main(baseUrl) {
  const { client } = createFakeClient();
  const body = { qualification: "Education", educationSegment: "K12" };
  const vetting = await client.qualifications.request(customerId, body);
  const { status } = await vetting.pollUntilDone();

  const real = createQualificationsClient({ baseUrl, credential: () => "token" });
  const listed = await real.qualifications.list(customerId);
  const error = await real.qualifications
    .list("00000000-0000-4000-8000-000000000403")
    .catch((reason) => reason);
  const { data } = await createHttpClient(real).GET("/v1/customers/all/validations");
  if (!Array.isArray(listed) || !Array.isArray(data)) throw new Error("no lists");
  if (!(error instanceof PartnerCenterError) || error.kind !== "permission") throw error;
  return status.toLowerCase();
}
