/** A document cannot be used as a contract: it is not OpenAPI 3.1, or a part of it is broken. */
export class ContractError extends Error {
  override name = "ContractError";
  readonly kind = "contract";
}
