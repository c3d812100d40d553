import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import type { Schema } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Send } from "../pipeline/send.ts";

/** A code that lets the partner qualify a number of Government Community Cloud customers. */
export interface ValidationCode extends Schema<"ValidationCode"> {}

/** The partner's codes for Government Community Cloud customers. */
export interface ValidationCodes {
  /**
   * Lists the partner's own codes, with how often each can still be used.
   *
   * @throws {PartnerCenterError}
   */
  list(call?: CallOptions): Promise<ValidationCode[]>;
}

export function createValidationCodes(send: Send, options: UnwrapOptions): ValidationCodes {
  return {
    list: async (call = {}) =>
      unwrap(send("listValidationCodes", {}, call), options, (body) =>
        Array.isArray(body) ? (body as ValidationCode[]) : undefined,
      ),
  };
}
