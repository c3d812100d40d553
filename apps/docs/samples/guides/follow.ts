import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

const library = "00000000-0000-4000-8000-00000000de06"; // a test customer that is denied
const vetting = await qualifications.request(library, {
  qualification: "Education",
  educationSegment: "HigherEducation",
  website: "library.example.edu",
});
const outcome = await vetting.pollUntilDone({
  signal: AbortSignal.timeout(7 * 24 * 3_600_000), // stops polling; the vetting continues
  interval: { initialMs: 1000 }, // for the mock only; omit in production
  onProgress: ({ status, error }) => console.log(error ? error.message : status),
});
if (outcome.status === "Denied") console.log("Denied:", outcome.reason);
