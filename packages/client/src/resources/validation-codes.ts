import type { Client } from "openapi-fetch";
import type { paths } from "../generated/paths.ts";
import type { components } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/light-request.ts";
import { unwrap, type UnwrapOptions } from "./unwrap.ts";

/** A code that lets the partner qualify a number of Government Community Cloud customers. */
export type ValidationCode = components["schemas"]["ValidationCode"];

/** The partner's codes for Government Community Cloud customers. */
export class ValidationCodes {
  readonly #http: Client<paths>;
  readonly #options: UnwrapOptions;

  constructor(http: Client<paths>, options: UnwrapOptions) {
    this.#http = http;
    this.#options = options;
  }

  /**
   * The partner's own codes, with how often each can still be used.
   *
   * @throws {PartnerCenterError}
   */
  async list(call: CallOptions = {}): Promise<ValidationCode[]> {
    const answer = this.#http.GET("/v1/customers/all/validations", { parseAs: "text", call });
    return unwrap(answer, this.#options, (body) =>
      Array.isArray(body) ? (body as ValidationCode[]) : undefined,
    );
  }
}
