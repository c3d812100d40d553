import type { Qualification } from "./customer-behavior.ts";
import { type Outcome, refuse } from "./outcome.ts";
import type { CustomerQualification } from "./vetting.ts";

/** The guide's limit on verification requests per customer (A20). */
const mostEducationRequests = 3;

/**
 * Refuses a request that conflicts with what the customer holds (A7, A8, A20).
 *
 * @param held What the customer holds now.
 * @param educationRequests How often Education was requested.
 */
export function refuseConflict(
  held: CustomerQualification[],
  educationRequests: number,
  wanted: Qualification,
): Outcome | undefined {
  const standing = held
    .filter(({ vettingStatus }) => vettingStatus !== "Denied")
    .map(({ qualification }) => qualification);
  if (standing.includes(wanted)) {
    return refuse(409, "800002", `The customer already has the qualification ${wanted}.`);
  }
  const excluded = wanted === "Education" ? "GovernmentCommunityCloud" : "Education";
  if (wanted !== "StateOwnedEntity" && standing.includes(excluded)) {
    return refuse(409, "800002", `${wanted} cannot be combined with ${excluded}.`);
  }
  const wasDenied = held.some(({ qualification }) => qualification === wanted);
  if (wasDenied && educationRequests >= mostEducationRequests) {
    return refuse(
      409,
      "800002",
      `Education has been requested ${mostEducationRequests} times, the maximum for a customer.`,
    );
  }
  return undefined;
}
