import type { Contract } from "../contract/read-contract.ts";
import type { Case } from "../exchange/case.ts";
import type { CaseMaker } from "./request-cases.ts";

const methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE"];

/** One request with each method that the operation's address does not have. */
export function methodCases({ operations }: Contract, { operation, make }: CaseMaker): Case[] {
  const known = operations
    .filter(({ path }) => path === operation.path)
    .map(({ method }) => method);
  return methods
    .filter((method) => !known.includes(method))
    .map((method) =>
      make(
        `coverage/${operation.id}/method/${method}`,
        { kind: "method" },
        { body: undefined, more: { method } },
      ),
    );
}
