import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

const waterworks = "11111111-2222-3333-4444-555555555555";
await qualifications.request(waterworks, { qualification: "StateOwnedEntity" });
await qualifications.request(waterworks, {
  qualification: "Education",
  educationSegment: "HigherEducation",
});
for (const { qualification, vettingStatus } of await qualifications.list(waterworks)) {
  console.log(qualification, vettingStatus ?? "(no vetting)");
}
