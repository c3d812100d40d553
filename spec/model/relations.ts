import { ContractError } from "./contract-error.ts";
import { isObject, type Json, type JsonObject } from "./schema.ts";

/** A value, or a text beginning with `$` that locates one. */
export type Expression = Json;

/** How a response relates to its request or to earlier responses (`x-relations`). */
export interface Relation {
  name: string;
  /** The requirement, as a sentence. */
  says: string;
  rule: ExchangeRule | StepsRule | PagesRule | FilteredRule | AgreesRule | RepeatableRule;
}

/** Holds for every 2xx response of an operation, or with `each`, for every item of a list in it. */
export interface ExchangeRule {
  kind: "exchange";
  operation: string;
  each?: Expression;
  equal?: [Expression, Expression];
  ignoreCase?: boolean;
  atMost?: [Expression, Expression];
  length?: { of: Expression; is?: Expression; atMost?: Expression };
  unique?: { in: Expression; by: string };
  startsWith?: { in: Expression; value: Expression; text: Expression };
  keepsQuery?: Expression;
  schema?: JsonObject;
}

/** Consecutive requests about one new customer. */
export interface StepsRule {
  kind: "steps";
  steps: Step[];
}

/** A request, its required status, and the requirements afterwards. */
export interface Step {
  name: string;
  operation: string;
  status: number;
  /** How many seconds it is repeated until what it says holds; once if it is left out. */
  within?: number;
  /** Concerns another new customer. */
  customer?: "other";
  /** Variables. If one has no value, the steps end here. */
  let?: Record<string, Expression>;
  query?: Record<string, Expression>;
  body?: Expression;
  equal?: [Expression, Expression][];
  differ?: [Expression, Expression][];
  contains?: [Expression, Expression][];
  length?: [Expression, number][];
  schema?: [Expression, JsonObject][];
  /** Two dates, and the maximum seconds between them. */
  near?: [Expression, Expression, number][];
  /** A member of one list item is lower than before; the other items are unchanged. */
  lower?: { in: [Expression, Expression]; item: string; member: string; by: number }[];
}

/** The pages of a list form the complete list. */
export interface PagesRule {
  kind: "pages";
  operation: string;
  size: string;
  items: string;
  key: string;
  next: string;
  token: string;
}

/** A filter returns exactly the items with a value that begins with its text. */
export interface FilteredRule {
  kind: "filtered";
  operation: string;
  /** The parameter with a JSON text. */
  filter: string;
  template: JsonObject;
  /** The filter's member with the text. */
  text: string;
  items: string;
  key: string;
  value: string;
}

/** An item of a list equals the same item read individually, in the members that both have. */
export interface AgreesRule {
  kind: "agrees";
  list: string;
  items: string;
  key: string;
  reader: string;
  parameter: string;
  body: string;
}

/** Reading twice returns the same body. */
export interface RepeatableRule {
  kind: "repeatable";
  operations: string[];
}

/** Returns the operations of a relation. */
export function operationsOf({ rule }: Relation): string[] {
  switch (rule.kind) {
    case "steps":
      return rule.steps.map(({ operation }) => operation);
    case "agrees":
      return [rule.list, rule.reader];
    case "repeatable":
      return rule.operations;
    default:
      return [rule.operation];
  }
}

/**
 * Reads `x-relations`. Relations about missing operations are dropped, so that part of a contract is a
 * valid contract.
 *
 * @throws {ContractError} When a relation has an unknown kind.
 */
export function readRelations(node: Json | undefined, operationIds: string[]): Relation[] {
  return Object.entries(isObject(node) ? node : {})
    .map(([name, relation]) => readRelation(name, relation))
    .flatMap((relation) => {
      const rule = onlyKnown(relation.rule, operationIds);
      const isKnown = operationsOf({ ...relation, rule }).every((id) => operationIds.includes(id));
      return isKnown && operationsOf({ ...relation, rule }).length > 0
        ? [{ ...relation, rule }]
        : [];
    });
}

function onlyKnown(rule: Relation["rule"], ids: string[]): Relation["rule"] {
  if (rule.kind !== "repeatable") return rule;
  return { ...rule, operations: rule.operations.filter((id) => ids.includes(id)) };
}

const exchangeKeywords = [
  "equal",
  "atMost",
  "length",
  "unique",
  "startsWith",
  "keepsQuery",
  "schema",
];

function readRelation(name: string, node: Json): Relation {
  const relation = isObject(node) ? node : {};
  const says = String(relation.says ?? name);
  const rule = ruleOf(relation);
  if (!rule) throw new ContractError(`the relation ${name} has an unknown kind`);
  return { name, says, rule };
}

function ruleOf(node: JsonObject): Relation["rule"] | undefined {
  const { steps, pages, filtered, agrees, repeatable } = node;
  if (Array.isArray(steps)) return { kind: "steps", steps: steps as unknown as Step[] };
  if (Array.isArray(repeatable)) return { kind: "repeatable", operations: repeatable.map(String) };
  if (isObject(pages)) return { kind: "pages", ...(pages as unknown as Omit<PagesRule, "kind">) };
  if (isObject(filtered)) {
    return { kind: "filtered", ...(filtered as unknown as Omit<FilteredRule, "kind">) };
  }
  if (isObject(agrees)) {
    return { kind: "agrees", ...(agrees as unknown as Omit<AgreesRule, "kind">) };
  }
  const isExchange =
    typeof node.operation === "string" && exchangeKeywords.some((keyword) => keyword in node);
  return isExchange
    ? { kind: "exchange", ...(node as unknown as Omit<ExchangeRule, "kind">) }
    : undefined;
}
