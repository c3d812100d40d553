import type { CustomerQualification, QualificationRequest } from "@partner-qualifications/client";
import { nameOf } from "../names.ts";

export type Wanted = QualificationRequest["qualification"];

/** Education and Government Community Cloud exclude each other; a state-owned entity may be either. */
const excludes: Partial<Record<Wanted, Wanted>> = {
  Education: "GovernmentCommunityCloud",
  GovernmentCommunityCloud: "Education",
};

/** Why something cannot be asked for now, or `undefined` when it can. */
export function notAllowed(held: CustomerQualification[], wanted: Wanted): string | undefined {
  const standing = (name: Wanted | undefined) =>
    held.find((one) => one.qualification === name && one.vettingStatus !== "Denied");
  const own = standing(wanted);
  if (own?.vettingStatus === "InReview") return "It is in review already. Wait for the outcome.";
  if (own) return `The customer is recognized as ${nameOf(wanted)} already.`;
  const other = standing(excludes[wanted]);
  if (!other) return undefined;
  return `${nameOf(wanted)} cannot be combined with ${nameOf(other.qualification)}, which the customer has or is being vetted for.`;
}
