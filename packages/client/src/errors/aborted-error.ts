import { PartnerCenterError } from "./partner-center-error.ts";

/** The caller's signal ended the call; `original` is the signal's reason. Its `name` is that of the web's own. */
export class AbortedError extends PartnerCenterError {
  static override readonly kind: string = "aborted";
  declare readonly kind: "aborted";
  declare readonly status: undefined;

  override get name(): string {
    return "AbortError";
  }
}
