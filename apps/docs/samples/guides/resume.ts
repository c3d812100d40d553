import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

// Today: ask, and keep the token where you keep the customer.
const school = "11111111-2222-3333-4444-555555555555";
const asked = await qualifications.request(school, {
  qualification: "Education",
  educationSegment: "K12",
});
const token = String(asked); // no secret and no response, only what to find

// In three days, in another process: go on with it.
const vetting = qualifications.resume(token);
for await (const { status, outcome } of vetting.states({ interval: { initialMs: 1000 } })) {
  console.log(outcome?.status ?? status);
}
