export type Qualification = "Education" | "GovernmentCommunityCloud" | "StateOwnedEntity";

/** How Partner Center behaves towards one customer. A member that is left out has its usual value. */
export interface CustomerBehaviour {
  /**
   * The outcome of its vetting for Education.
   *
   * @default "approved"
   */
  education?: "approved" | "denied" | "undecided" | "revoked";
  /** The reason of a denial or of a revocation. */
  vettingReason?: string;
  /**
   * How long after the approval it is revoked, as an ISO 8601 duration.
   *
   * @default "P30D" (assumption A26)
   */
  revokedAfter?: string;
  /** What it holds from the start. */
  holds?: Qualification[];
  /**
   * The status of the review of its account, which is not the vetting.
   *
   * @default "Allowed"
   */
  accountStatus?: "Unknown" | "UnderReview" | "Allowed" | "NotAllowed" | "Not Ready";
  /** Every validation code is exhausted for it. */
  validationCodesUsedUp?: boolean;
  /** The refusal of every request about it. */
  refusal?: {
    status: number;
    code: string | number;
    description: string;
    /** Refuses only writes; reads succeed (A29). */
    only?: "writes";
  };
}
