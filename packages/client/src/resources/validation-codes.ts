import type { components } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Send } from "../pipeline/send.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";

/** A code that lets the partner qualify a number of Government Community Cloud customers. */
export type ValidationCode = components["schemas"]["ValidationCode"];

/** The partner's codes for Government Community Cloud customers. */
export class ValidationCodes {
  readonly #send: Send;
  readonly #options: UnwrapOptions;

  constructor(send: Send, options: UnwrapOptions) {
    this.#send = send;
    this.#options = options;
  }

  /**
   * The partner's own codes, with how often each can still be used.
   *
   * @throws {PartnerCenterError}
   */
  async list(call: CallOptions = {}): Promise<ValidationCode[]> {
    const answer = this.#send("listValidationCodes", {}, call);
    return unwrap(answer, this.#options, (body) =>
      Array.isArray(body) ? (body as ValidationCode[]) : undefined,
    );
  }
}
