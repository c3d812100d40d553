import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010", // the mock
  credential: () => "any-token",
});

const school = crypto.randomUUID(); // to the mock any GUID is a customer
const vetting = await qualifications.request(school, {
  qualification: "Education",
  educationSegment: "K12",
});
const outcome = await vetting.pollUntilDone({
  interval: { initialMs: 1000 }, // in life the default: a minute at first, an hour later
});
console.log(outcome.status);
