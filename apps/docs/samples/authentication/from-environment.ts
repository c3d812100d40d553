import { createQualificationsClient } from "@partner-qualifications/client";
import { credentialFromEnvironment } from "@partner-qualifications/credentials";

const { qualifications } = createQualificationsClient({
  credential: credentialFromEnvironment(),
});
const { item } = await qualifications.request("11111111-2222-3333-4444-555555555555", {
  qualification: "Education",
  educationSegment: "K12",
});
console.log(item?.vettingStatus);
