import type { CustomerQualification, SupportBundle } from "@partner-qualifications/client";

/** One thing that happened to a review. */
export interface ReviewEvent {
  /** ISO 8601, by Partner Center's clock. */
  at: string;
  /** `found`: the customer had it before the request. `restarted`: the demo's server did. */
  what: "requested" | "found" | "changed" | "restarted" | "trouble" | "recovered";
  status?: string | undefined;
  reason?: string | undefined;
}

/** A request, and the review that it began. */
export interface Review {
  customerId: string;
  /** Once it is known. */
  customerName?: string | undefined;
  qualification: string;
  /** `MS-RequestId` of the request. */
  requestId: string;
  /** `sending`: Partner Center has not answered. `dropped`: no longer followed, and not stored. */
  state: "sending" | "following" | "ended" | "dropped";
  /** As of the last poll. */
  item?: CustomerQualification | undefined;
  polls: number;
  /** When it was last polled. ISO 8601, by Partner Center's clock. */
  polledAt?: string | undefined;
  /** Why the last request or poll failed. */
  problem?: SupportBundle | undefined;
  timeline: ReviewEvent[];
}

/** A server-sent event: what has changed of a topic. */
export interface News<Item> {
  /** Whether these are all items, and older ones are void. */
  isWhole: boolean;
  items: Item[];
}

/** The response of the demo's server to a failed call: Partner Center's error body, and advice. */
export interface Failure {
  code: string;
  description: string;
  support: SupportBundle;
  /** How to fix it: from the contract's error catalog, or from the credential that gave no token. */
  advice?: string | undefined;
}

export interface About {
  /** The environment, or the host of the mock. */
  partnerCenter: string;
  isMock: boolean;
  /** Where the docs are, without a slash at the end. */
  docsUrl?: string | undefined;
}
