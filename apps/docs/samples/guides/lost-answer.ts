import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
  hooks: {
    attemptEnd: ({ method, attempt, status }) =>
      console.log(method, "attempt", attempt, "→", status ?? "no answer"),
  },
});

// The mock carries the write out and loses the answer.
const unlucky = "00000000-0000-4000-8000-00000000f002";
const vetting = await qualifications.request(unlucky, {
  qualification: "Education",
  educationSegment: "K12",
});
console.log(vetting.write);
