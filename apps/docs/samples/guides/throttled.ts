import { createQualificationsClient, ThrottledError } from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
  retry: { maxRetryAfterMs: 500 }, // by default a minute
});

const busy = "00000000-0000-4000-8000-000000000429"; // two requests in four seconds
try {
  for (let call = 1; call <= 3; call++) {
    await qualifications.list(busy);
    console.log("call", call, "answered");
  }
} catch (error) {
  if (!(error instanceof ThrottledError)) throw error;
  console.log("throttled, with a wait:", (error.retryAfterMs ?? 0) > 500);
}
