import { PartnerCenterError } from "./partner-center-error.ts";

/** 403: the token is good, but its owner may not do this. */
export class PermissionError extends PartnerCenterError {
  static override readonly kind: string = "permission";
  declare readonly kind: "permission";
  declare readonly status: 403;
}
