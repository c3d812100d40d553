import { PartnerCenterError } from "./partner-center-error.ts";

/** An answer that is not what the contract has: not JSON, too large, a redirection. */
export class UnexpectedResponseError extends PartnerCenterError {
  static override readonly kind: string = "unexpectedResponse";
  declare readonly kind: "unexpectedResponse";
}
