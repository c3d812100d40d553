import type { Client } from "openapi-fetch";
import type { paths } from "./generated/paths.ts";
import type { components } from "./generated/schemas.ts";
import { unwrap } from "./unwrap.ts";

/** A code that lets the partner qualify a number of Government Community Cloud customers. */
export type ValidationCode = components["schemas"]["ValidationCode"];

export function validationCodesOf(http: Client<paths>) {
  return {
    /**
     * The partner's own codes, with how often each can still be used.
     *
     * @throws {PartnerCenterError}
     */
    list(): Promise<ValidationCode[]> {
      return unwrap(http.GET("/v1/customers/all/validations", { parseAs: "text" }), (body) =>
        Array.isArray(body) ? (body as ValidationCode[]) : undefined,
      );
    },
  };
}
