import { PartnerCenterError } from "./partner-center-error.ts";

/** 5xx: the service failed. */
export class ServerError extends PartnerCenterError {
  static override readonly kind: string = "server";
  declare readonly kind: "server";
  declare readonly status: number;
}
