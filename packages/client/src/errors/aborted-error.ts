import { PartnerCenterError } from "./partner-center-error.ts";

/** The caller's signal ended the call. `cause` has the signal's reason. */
export class AbortedError extends PartnerCenterError {
  static override readonly kind: string = "aborted";
  declare readonly kind: "aborted";
  declare readonly status: undefined;
}
