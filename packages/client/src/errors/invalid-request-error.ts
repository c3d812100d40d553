import { PartnerCenterError } from "./partner-center-error.ts";

/** An argument breaks a rule. Found before anything was sent. */
export class InvalidRequestError extends PartnerCenterError {
  static override readonly kind: string = "invalidRequest";
  declare readonly kind: "invalidRequest";
  declare readonly status: undefined;
  /** The argument, for instance `customerId`. */
  readonly argument: string;

  /** @param rule What the argument must be, as the end of a sentence: "must be …". */
  constructor(argument: string, rule: string, options?: ErrorOptions) {
    super(`${argument} ${rule}`, {}, options);
    this.argument = argument;
  }
}
