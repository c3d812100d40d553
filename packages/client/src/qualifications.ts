import type { Client } from "openapi-fetch";
import type { paths } from "./generated/paths.ts";
import type { components } from "./generated/schemas.ts";
import { unwrap } from "./unwrap.ts";

type Schemas = components["schemas"];

/** One thing that a customer is recognized as, or is being vetted for. */
export type CustomerQualification = Schemas["CustomerQualification"];

/**
 * What can be asked for. Stricter than the contract where newer sources are: Education names its
 * segment, Government Community Cloud its validation code.
 */
export type QualificationRequest =
  | (Schemas["EducationRequest"] & Required<Pick<Schemas["EducationRequest"], "educationSegment">>)
  | Required<Schemas["GovernmentCommunityCloudRequest"]>
  | Schemas["StateOwnedEntityRequest"];

const path = "/v1/customers/{customer_id}/qualifications";

export function qualificationsOf(http: Client<paths>) {
  return {
    /**
     * What the customer is recognized as, or is being vetted for.
     *
     * @param customerId The customer's Microsoft tenant id, a GUID.
     * @returns The qualifications; empty for a customer without one.
     * @throws {PartnerCenterError}
     */
    list(customerId: string): Promise<CustomerQualification[]> {
      const params = { path: { customer_id: customerId } };
      return unwrap(http.GET(path, { params, parseAs: "text" }), readList);
    },

    /**
     * Asks for a qualification. The answer says only that the request was taken: follow
     * {@link list} until the status is no longer `InReview`, which takes days.
     *
     * @param customerId The customer's Microsoft tenant id, a GUID.
     * @throws {PartnerCenterError}
     */
    request(customerId: string, body: QualificationRequest): Promise<CustomerQualification> {
      // Old sources have the code in the query, new ones in the body; the service gets both.
      const query = "validationCode" in body ? { code: body.validationCode } : {};
      const params = { path: { customer_id: customerId }, query };
      return unwrap(http.POST(path, { params, body, parseAs: "text" }), (answer) => {
        // The official Swagger answers with the list.
        const listed = readList(answer)?.find((item) => item.qualification === body.qualification);
        return listed ?? readItem(answer);
      });
    },
  };
}

/** The guides answer with a bare array, an early one and the official Swagger wrap it. */
function readList(body: unknown): CustomerQualification[] | undefined {
  const { qualifications } = (body ?? {}) as { qualifications?: unknown };
  const items = Array.isArray(body) ? body : qualifications;
  if (!Array.isArray(items)) return undefined;
  const read = items.map(readItem);
  return read.every((item) => item !== undefined) ? read : undefined;
}

/** The guides spell the date's name in two ways. */
function readItem(item: unknown): CustomerQualification | undefined {
  if (typeof item !== "object" || item === null || !("qualification" in item)) return undefined;
  const { vettingCreatedDate, ...rest } = item as CustomerQualification & {
    vettingCreatedDate?: string;
  };
  if (vettingCreatedDate !== undefined) rest.vettingCreateDate ??= vettingCreatedDate;
  return rest;
}
