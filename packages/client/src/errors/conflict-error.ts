import { PartnerCenterError } from "./partner-center-error.ts";

/** 409: the customer already has this qualification, or one that excludes it. */
export class ConflictError extends PartnerCenterError {
  static override readonly kind: string = "conflict";
  declare readonly kind: "conflict";
  declare readonly status: 409;
}
