import type { CustomerQualification, SupportBundle } from "@partner-qualifications/client";

/** One thing that happened to a vetting, as the server saw it. */
export interface VettingEvent {
  /** ISO 8601, by the demo server's clock. */
  at: string;
  /**
   * `asked`: the request was taken. `found`: it was there already. `seen`: another status than before.
   * `resumed`: followed again after a restart. `trouble`: could not look. `recovered`: could again.
   */
  what: "asked" | "found" | "seen" | "resumed" | "trouble" | "recovered";
  status?: string | undefined;
  reason?: string | undefined;
}

/** A vetting that the server follows, as browsers see it. */
export interface FollowedVetting {
  customerId: string;
  /** Once it is known. */
  customerName?: string | undefined;
  qualification: string;
  /** `MS-RequestId` of the request that began it. */
  requestId: string;
  /** `stopped` is never stored: somebody no longer wants it. */
  state: "following" | "ended" | "stopped";
  /** As it was last seen. */
  item?: CustomerQualification | undefined;
  /** How often the server looked. */
  looks: number;
  /** ISO 8601. */
  nextLookAt?: string | undefined;
  /** Why the last look failed. */
  problem?: SupportBundle | undefined;
  timeline: VettingEvent[];
}

/** What has changed since a browser was last told. */
export interface LiveMessage {
  /** Everything there is, because nobody knows what the browser has seen. */
  isWhole: boolean;
  vettings: FollowedVetting[];
  /** What the showroom adds. */
  more: unknown[];
}

/** What a browser is told of the server that it speaks with. */
export interface About {
  /** Where the server's calls go. */
  partnerCenter: string;
  /** Whether a mock responds there. */
  isMock: boolean;
}
