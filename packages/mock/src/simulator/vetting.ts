import type { CustomerBehavior, Qualification } from "./customer-behavior.ts";
import { readDuration } from "./duration.ts";

/** Start, end and outcome of a vetting. Times are in milliseconds. */
export interface Vetting {
  /** Undefined for a qualification held from the start; the guide's example has no date either (C29). */
  created?: number;
  /** Infinity if it is never decided. */
  ends: number;
  denial?: string;
  /** When an approval is revoked, for the same reason. */
  revoked?: number;
}

/** A caller's view of a vetting. */
interface VettingView {
  vettingStatus: "InReview" | "Approved" | "Denied";
  vettingReason?: string;
  vettingCreateDate?: string;
}

/** A caller's view of a qualification. */
export interface CustomerQualification extends Partial<VettingView> {
  qualification: Qualification;
}

/** Begins a vetting with the outcome of the customer's behavior. */
export function startVetting(
  created: number,
  ends: number,
  { education, vettingReason, revokedAfter = "P30D" }: CustomerBehavior = {},
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

/** Returns a caller's view of a vetting at a time. */
export function viewVetting({ created, ends, denial, revoked }: Vetting, now: number): VettingView {
  const date = created !== undefined && {
    vettingCreateDate: new Date(created).toISOString().replace(".000Z", "Z"),
  };
  if (now < ends) return { vettingStatus: "InReview", ...date };
  if (denial === undefined || now < (revoked ?? ends)) {
    return { vettingStatus: "Approved", ...date };
  }
  return { vettingStatus: "Denied", vettingReason: denial, ...date };
}
