import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications, validationCodes } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

const codes = await validationCodes.list();
const code = codes.find(({ remainingCreates }) => (remainingCreates ?? 0) > 0);
if (!code) throw new Error("Every validation code is exhausted: request another from Microsoft");

const city = "11111111-2222-3333-4444-555555555555";
const { item } = await qualifications.request(city, {
  qualification: "GovernmentCommunityCloud",
  validationCode: code.validationId,
});
console.log(item?.qualification, item?.vettingStatus);
