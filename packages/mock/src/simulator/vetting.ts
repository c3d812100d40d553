import { readDuration } from "./duration.ts";
import type { CustomerBehaviour } from "./customer-behaviour.ts";

export type Qualification = "Education" | "GovernmentCommunityCloud" | "StateOwnedEntity";

/** When a vetting began, and when and how it ends. Times are in milliseconds. */
export interface Vetting {
  /** Not known of what was there from the start; the guide's example has none either (C29). */
  created?: number;
  /** Infinity when nobody ever decides. */
  ends: number;
  denial?: string;
  /** When an approval is taken back, for the same reason. */
  revoked?: number;
}

/** What is seen of a vetting. */
export interface Decision {
  vettingStatus: "InReview" | "Approved" | "Denied";
  vettingReason?: string;
  vettingCreateDate?: string;
}

/** Begins a vetting that comes to what the customer stands for. */
export function startVetting(
  created: number,
  ends: number,
  { education, vettingReason, revokedAfter = "P30D" }: CustomerBehaviour = {},
): Vetting {
  switch (education) {
    case "undecided":
      return { created, ends: Number.POSITIVE_INFINITY };
    case "denied":
      return { created, ends, denial: vettingReason ?? "Not an Education Customer" };
    case "revoked": {
      const denial = vettingReason ?? "No longer an Education Customer";
      return { created, ends, denial, revoked: readDuration(revokedAfter)(ends) };
    }
    default:
      return { created, ends };
  }
}

/** What a vetting has come to at a time. */
export function decisionOf({ created, ends, denial, revoked }: Vetting, now: number): Decision {
  const date = created !== undefined && {
    vettingCreateDate: new Date(created).toISOString().replace(".000Z", "Z"),
  };
  if (now < ends) return { vettingStatus: "InReview", ...date };
  if (denial === undefined || now < (revoked ?? ends)) {
    return { vettingStatus: "Approved", ...date };
  }
  return { vettingStatus: "Denied", vettingReason: denial, ...date };
}
