import { createQualificationsClient } from "@partner-qualifications/client";
import createQueries from "openapi-react-query";

/** The same client as any other, but without a credential: the demo's server adds that. */
const client = createQualificationsClient({
  baseUrl: `${location.origin}/api`,
  credential: "none",
});

export const api = createQueries(client.http);
