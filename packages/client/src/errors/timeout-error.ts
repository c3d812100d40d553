import { PartnerCenterError } from "./partner-center-error.ts";

/** There was no whole answer in the time that one attempt, or the whole call, may take. */
export class TimeoutError extends PartnerCenterError {
  static override readonly kind: string = "timeout";
  declare readonly kind: "timeout";
  declare readonly status: undefined;
}
