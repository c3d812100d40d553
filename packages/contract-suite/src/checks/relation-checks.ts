import type { Contract } from "../contract/read-contract.ts";
import { judgeExchange } from "../relations/exchange-relation.ts";
import { type Check, verdict } from "./check.ts";

/** One check for each relation of a contract, by its name. */
export function relationChecks({ relations }: Pick<Contract, "relations">): Check[] {
  return relations.map(({ name, says, rule }) => ({
    name,
    summary: says,
    judge(exchange, { contract }) {
      const { intent } = exchange.case;
      if (intent.kind === "related" && intent.relation === name) {
        return exchange.answer && verdict(intent.whyNot(exchange));
      }
      // Of an answer to what should have been refused, nothing is known.
      const isMeant = intent.kind !== "invalid" && rule.kind === "exchange";
      return isMeant ? judgeExchange(contract, rule, exchange) : undefined;
    },
  }));
}
