import { createQualificationsClient, PermissionError } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "app-only", // the mock's token of an application without a user
});
try {
  await qualifications.request("11111111-2222-3333-4444-555555555555", {
    qualification: "Education",
    educationSegment: "K12",
  });
} catch (error) {
  if (!(error instanceof PermissionError)) throw error;
  console.log(error.status, error.code);
}
