import { requestQualification } from "../out/orval";
import { customerId, headers, print } from "./request";

const body = { qualification: "Education", educationSegment: "K12" } as const;
print(
  requestQualification(customerId, body, undefined, { headers }).then((response) =>
    response.status === 201 ? response.data.vettingStatus : response.status,
  ),
);
