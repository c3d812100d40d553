import { createQualificationsClient } from "@partner-qualifications/client";

const client = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010", // the mock; leave it out for Partner Center itself
  credential: () => "any-token",
});

for await (const { id, companyProfile } of client.customers.list({ companyName: "Contoso" })) {
  console.log(id, companyProfile.companyName);
  break; // pages are fetched as they are needed
}
