import { createQualificationsClient } from "@partner-qualifications/client";

const client = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010", // the mock; leave it out for Partner Center itself
  credential: () => "any-token",
});

for (const { validationId, remainingCreates } of await client.validationCodes.list()) {
  console.log(validationId, remainingCreates);
}
