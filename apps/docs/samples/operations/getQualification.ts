import { createQualificationsClient } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";

const client = createQualificationsClient({
  baseUrl: "http://127.0.0.1:4010", // the mock; leave it out for Partner Center itself
  credential: () => "any-token",
});
const http = createHttpClient(client);

const { data } = await http.GET("/v1/customers/{customer_id}/qualification", {
  params: { path: { customer_id: "11111111-2222-3333-4444-555555555555" } },
});
console.log(data);
