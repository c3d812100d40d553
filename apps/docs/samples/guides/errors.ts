import {
  AuthenticationError,
  ConflictError,
  createQualificationsClient,
  PartnerCenterError,
  PermissionError,
  ThrottledError,
} from "@partner-qualifications/client";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010",
  credential: () => "any-token",
  docsBase: "http://127.0.0.1:4020/errors",
});

const notOurs = "00000000-0000-4000-8000-000000000403";
try {
  await qualifications.list(notOurs);
} catch (error) {
  if (!(error instanceof PartnerCenterError)) throw error;
  if (error instanceof AuthenticationError) console.log("Sign in again");
  if (error instanceof PermissionError) console.log("Not allowed:", error.description);
  if (error instanceof ConflictError) console.log("Read the qualifications first");
  if (error instanceof ThrottledError) console.log("Wait", error.retryAfterMs, "ms");
  console.log("Read on at", error.docs);
  const { kind, status, code, attempts } = error.toSupportBundle();
  console.log({ kind, status, code, attempts });
}
