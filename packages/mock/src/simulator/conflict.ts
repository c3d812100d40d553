import { type Refusal, refusal } from "./outcome.ts";
import type { CustomerQualification } from "./simulator.ts";
import type { Qualification } from "./vetting.ts";

/** The guide's limit on verification requests per customer (A20). */
const mostEducationRequests = 3;

/**
 * A7, A8 and A20: what stands in the way of another request.
 *
 * @param held What the customer holds, as it is seen now.
 * @param educationRequests How often Education was asked for.
 */
export function conflictOf(
  held: CustomerQualification[],
  educationRequests: number,
  wanted: Qualification,
): Refusal | undefined {
  const standing = held
    .filter(({ vettingStatus }) => vettingStatus !== "Denied")
    .map(({ qualification }) => qualification);
  if (standing.includes(wanted)) {
    return refusal(409, "800002", `The customer already has the qualification ${wanted}.`);
  }
  const excluded = wanted === "Education" ? "GovernmentCommunityCloud" : "Education";
  if (wanted !== "StateOwnedEntity" && standing.includes(excluded)) {
    return refusal(409, "800002", `${wanted} cannot be combined with ${excluded}.`);
  }
  const wasDenied = held.some(({ qualification }) => qualification === wanted);
  if (wasDenied && educationRequests >= mostEducationRequests) {
    return refusal(
      409,
      "800002",
      `Education was asked for ${mostEducationRequests} times, which is the most for a customer.`,
    );
  }
  return undefined;
}
