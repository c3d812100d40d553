import { client } from "../out/hey-api/client.gen";
import { requestQualification } from "../out/hey-api/index";
import { baseUrl, customerId, headers, print } from "./request";

client.setConfig({ baseUrl });
const body = { qualification: "Education", educationSegment: "K12" } as const;
print(
  requestQualification({ path: { customer_id: customerId }, body, headers }).then(
    ({ data }) => data?.vettingStatus,
  ),
);
