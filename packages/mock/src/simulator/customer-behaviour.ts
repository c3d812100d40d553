import type { Qualification } from "./vetting.ts";

/** How Partner Center behaves towards one customer. What is left out is as with any other. */
export interface CustomerBehaviour {
  /**
   * What its vetting for Education comes to.
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
   * How far the review of its account is, which is not the vetting.
   *
   * @default "Allowed"
   */
  accountStatus?: "Unknown" | "UnderReview" | "Allowed" | "NotAllowed" | "Not Ready";
  /** Every validation code is used up for it. */
  validationCodesUsedUp?: boolean;
  /** How requests about it are refused. */
  refusal?: {
    status: number;
    code: string | number;
    description: string;
    /** It can be read all the same (A29). */
    only?: "writes";
  };
}
