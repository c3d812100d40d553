/** A document is not usable as a contract: it is not OpenAPI 3.1, or a part of it is invalid. */
export class ContractError extends Error {
  override name = "ContractError";
  readonly kind = "contract";
}
