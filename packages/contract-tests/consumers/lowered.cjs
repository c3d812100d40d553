const {
  PartnerCenterError,
  createQualificationsClient,
} = require("@partner-qualifications/client");
const { createFakeClient } = require("@partner-qualifications/client/testing");

(async () => {
  const id = "00000000-0000-4000-8000-000000000403";
  const real = createQualificationsClient({
    baseUrl: process.env.MOCK_URL,
    credential: () => "token",
  });
  const error = await real.qualifications.list(id).catch((reason) => reason);
  const body = { qualification: "Education", educationSegment: "K12" };
  const vetting = await createFakeClient().client.qualifications.request(id, body);
  const { status } = await vetting.pollUntilDone();
  console.log(
    error instanceof PartnerCenterError && error.kind === "permission" && status.toLowerCase(),
  );
})();
