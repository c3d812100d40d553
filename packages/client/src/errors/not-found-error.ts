import { PartnerCenterError } from "./partner-center-error.ts";

/** 404: the customer or the address is not known. */
export class NotFoundError extends PartnerCenterError {
  static override readonly kind: string = "notFound";
  declare readonly kind: "notFound";
  declare readonly status: 404;
}
