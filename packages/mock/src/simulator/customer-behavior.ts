export type Qualification = "Education" | "GovernmentCommunityCloud" | "StateOwnedEntity";

/** How Partner Center behaves toward one customer. Omitted members have their usual value. */
export interface CustomerBehavior {
  /**
   * The outcome of its vetting for Education.
   *
   * @default "approved"
   */
  education?: "approved" | "denied" | "undecided" | "revoked";
  /** The reason of a denial or of a revocation. */
  vettingReason?: string;
  /**
   * Time from the approval to the revocation, as an ISO 8601 duration.
   *
   * @default "P30D" (assumption A26)
   */
  revokedAfter?: string;
  /** Qualifications that it holds from the start. */
  holds?: Qualification[];
  /**
   * The status of the account's review, which is not the vetting.
   *
   * @default "Allowed"
   */
  accountStatus?: "Unknown" | "UnderReview" | "Allowed" | "NotAllowed" | "Not Ready";
  /** Every validation code is exhausted for it. */
  validationCodesExhausted?: boolean;
  /** The refusal of every request about it. */
  refusal?: {
    status: number;
    code: string | number;
    description: string;
    /** Refuses only writes; reads succeed (A29). */
    only?: "writes";
  };
}
