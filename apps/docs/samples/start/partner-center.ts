import { createQualificationsClient } from "@partner-qualifications/client";

const { customers, qualifications } = createQualificationsClient({
  credential: () => process.env.PARTNER_CENTER_TOKEN ?? "",
  applicationName: "contoso-onboarding",
});

for await (const { id, companyProfile } of customers.list({ companyName: "Contoso" })) {
  const held = await qualifications.list(id);
  console.log(companyProfile.companyName, held.length === 0 ? "has none" : held);
}
