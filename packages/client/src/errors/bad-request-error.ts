import { PartnerCenterError } from "./partner-center-error.ts";

/** Any other 4xx: the service refused the request as it was. Sending it again changes nothing. */
export class BadRequestError extends PartnerCenterError {
  static override readonly kind: string = "badRequest";
  declare readonly kind: "badRequest";
  declare readonly status: number;
}
