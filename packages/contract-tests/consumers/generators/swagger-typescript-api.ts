import { Api, EducationSegment } from "../out/swagger/index";
import { baseUrl, customerId, headers, print } from "./request";

const api = new Api({ baseUrl, baseApiParams: { headers } });
const body = { qualification: "Education", educationSegment: EducationSegment.K12 } as const;
print(api.v1.requestQualification(customerId, body).then(({ data }) => data.vettingStatus));
