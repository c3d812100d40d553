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
    async list(customerId: string): Promise<CustomerQualification[]> {
      const body: unknown = await unwrap(
        http.GET(path, { params: { path: { customer_id: customerId } } }),
      );
      return itemsOf(body).map(readQualification);
    },

    /**
     * Asks for a qualification. The answer says only that the request was taken: follow
     * {@link list} until the status is no longer `InReview`, which takes days.
     *
     * @param customerId The customer's Microsoft tenant id, a GUID.
     * @throws {PartnerCenterError}
     */
    async request(customerId: string, body: QualificationRequest): Promise<CustomerQualification> {
      // Old sources have the code in the query, new ones in the body; the service gets both.
      const query = "validationCode" in body ? { code: body.validationCode } : {};
      return readQualification(
        await unwrap(
          http.POST(path, { params: { path: { customer_id: customerId }, query }, body }),
        ),
      );
    },
  };
}

/** The guides answer with a bare array, the official Swagger wraps it. */
function itemsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const { qualifications } = (body ?? {}) as { qualifications?: unknown };
  return Array.isArray(qualifications) ? qualifications : [];
}

/** The guides spell the date's name in two ways. */
function readQualification(item: unknown): CustomerQualification {
  const { vettingCreatedDate, ...rest } = item as CustomerQualification & {
    vettingCreatedDate?: string;
  };
  if (vettingCreatedDate !== undefined) rest.vettingCreateDate ??= vettingCreatedDate;
  return rest;
}
