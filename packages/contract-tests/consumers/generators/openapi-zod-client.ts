import { createApiClient } from "../out/zod";
import { baseUrl, customerId, headers, print } from "./request";

// It validates the request and the response with the schemas that it generated.
const api = createApiClient(baseUrl, { axiosConfig: { headers } });
const body = { qualification: "Education", educationSegment: "K12" } as const;
print(
  api
    .requestQualification(body, { params: { customer_id: customerId } })
    .then(({ vettingStatus }) => vettingStatus),
);
