import { createApiClient } from "../out/typed";
import { baseUrl, customerId, headers, print } from "./request";

const api = createApiClient(
  {
    fetch: ({ url, method, parameters }) =>
      fetch(url, { method, headers, body: JSON.stringify(parameters?.body) }),
  },
  baseUrl,
);
const body = { qualification: "Education", educationSegment: "K12" } as const;
const path = { customer_id: customerId };
print(
  api
    .post("/v1/customers/{customer_id}/qualifications", { path, query: {}, header: {}, body })
    .then(({ vettingStatus }) => vettingStatus),
);
