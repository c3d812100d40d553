import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

// Today: request, and store the token with the customer record.
const school = "11111111-2222-3333-4444-555555555555";
const asked = await qualifications.request(school, {
  qualification: "Education",
  educationSegment: "K12",
});
const token = String(asked); // contains identifiers only: no secrets, no response data

// Three days later, in another process: resume.
const vetting = qualifications.resume(token);
for await (const { status, outcome } of vetting.states({ interval: { initialMs: 1000 } })) {
  console.log(outcome?.status ?? status);
}
