import { PartnerCenterError } from "./partner-center-error.ts";

/** There was no answer, or it broke off. `cause` has the reason. */
export class ConnectionError extends PartnerCenterError {
  static override readonly kind: string = "connection";
  declare readonly kind: "connection";
  declare readonly status: undefined;
}
