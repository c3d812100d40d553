import { PartnerCenterError } from "./partner-center-error.ts";

/**
 * There is no token, or it is not good: refused with 401, or found unfit before it was sent. A new
 * sign-in or another token mends it; a retry does not.
 */
export class AuthenticationError extends PartnerCenterError {
  static override readonly kind: string = "authentication";
  declare readonly kind: "authentication";
  declare readonly status: 401 | undefined;
}
