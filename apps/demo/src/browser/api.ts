import { createQualificationsClient } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import createQueries from "openapi-react-query";

/** The same client as any other, but without a credential: the demo's server adds that. */
const client = createQualificationsClient({
  baseUrl: `${location.origin}/api`,
  credential: "none",
});

export const api = createQueries(createHttpClient(client));
