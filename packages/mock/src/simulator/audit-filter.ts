import { type Outcome, refuse } from "./outcome.ts";

/** What a filter is about. */
interface Filtered {
  customerId: string;
  customerName: string;
}

type Predicate = (record: Filtered, value: string) => boolean;

/** The fields of the guide, each with its one operator. */
const fields: Record<string, { operator: string; accepts: Predicate }> = {
  CustomerId: {
    operator: "equals",
    accepts: ({ customerId }, value) => customerId.toLowerCase() === value,
  },
  CompanyName: {
    operator: "substring",
    accepts: ({ customerName }, value) => customerName.toLowerCase().includes(value),
  },
  ResourceType: { operator: "equals", accepts: (_, value) => value === "customer" },
};

/** Returns a filter's predicate, or its refusal (A37). The case of the value does not matter. */
export function readAuditFilter(text: string): ((record: Filtered) => boolean) | Outcome {
  let filter: Record<string, unknown> = {};
  try {
    filter = { ...(JSON.parse(text) as object) };
  } catch {
    // Each of its members is missing, then.
  }
  const { Field, Value, Operator } = filter;
  const field = Object.hasOwn(fields, String(Field)) ? fields[String(Field)] : undefined;
  if (!field || typeof Value !== "string" || Operator !== field.operator) {
    const known = Object.entries(fields).map(([name, { operator }]) => `${name} with ${operator}`);
    const places = [
      ...(field ? [] : ["Field"]),
      ...(typeof Value === "string" ? [] : ["Value"]),
      ...(field && Operator === field.operator ? [] : ["Operator"]),
    ];
    const rule = `the filter must have Field, Value and Operator: ${known.join(", ")}`;
    return refuse(400, "800002", `Invalid request input: ${rule} (A37)`, places);
  }
  return (record) => field.accepts(record, Value.toLowerCase());
}
