import { createQualificationsClient } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
});

const school = "11111111-2222-3333-4444-555555555555";
const body = { qualification: "Education", educationSegment: "K12" } as const;

// Stored before the call, so that it survives a crash in the middle of it.
const requestId = crypto.randomUUID();
const first = await qualifications.request(school, body, { requestId });

// After the crash: the same identifier, so it is the same request and not a second one.
const again = await qualifications.request(school, body, { requestId });
console.log(first.requestId === again.requestId, again.item?.vettingStatus);
