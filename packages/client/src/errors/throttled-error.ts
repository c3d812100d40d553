import { PartnerCenterError } from "./partner-center-error.ts";

/** 429: too many calls. `retryAfterMs` tells how long to wait. */
export class ThrottledError extends PartnerCenterError {
  static override readonly kind: string = "throttled";
  declare readonly kind: "throttled";
  declare readonly status: 429;
}
