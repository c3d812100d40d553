import { createFakeClient } from "@partner-qualifications/client/testing";

const library = crypto.randomUUID();
const { client, requests } = createFakeClient({
  customers: { [library]: { outcome: "Denied", reason: "Not an eligible Library" } },
});
const vetting = await client.qualifications.request(library, {
  qualification: "Education",
  educationSegment: "HigherEducation",
});
const outcome = await vetting.pollUntilDone(); // days of waiting take no time
console.log(outcome.status, requests.length > 1);
