import { BadRequestError, createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

try {
  await qualifications.request("11111111-2222-3333-4444-555555555555", {
    qualification: "GovernmentCommunityCloud",
    validationCode: "67890", // the mock's exhausted code
  });
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.log(error.code, error.description);
}
