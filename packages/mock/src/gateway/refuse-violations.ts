import type { PrismRequest } from "../prism/prism.ts";
import type { Violation } from "../prism/violations.ts";
import { type Outcome, refuse } from "../simulator/outcome.ts";

/**
 * Turns Prism's violations into Partner Center's error (A11).
 *
 * @param request The request; messages quote its invalid value.
 * @param hintForBody Returns the suggestion for a rejected body.
 */
export function refuseViolations(
  violations: [Violation, ...Violation[]],
  { path, body }: PrismRequest,
  hintForBody: () => string | undefined,
): Outcome {
  const [first] = violations;
  // A missing body has no path.
  const places = [...new Set(violations.map(({ path: place }) => place.join(".") || "body"))];
  const [part, ...members] = first.path;
  if (part === "path") {
    const description = withHint("Invalid Customer Id", hintForCustomerId(path.customer_id ?? ""));
    return refuse(400, "900118", description, places);
  }
  const isDate = part === "query" && members[0]?.toLowerCase().endsWith("date");
  const hint = isDate ? datesHint : hintForBody();
  if (part === "body" && first.keyword === "enum") {
    let value = body;
    for (const member of members) value = (value as Record<string, unknown> | undefined)?.[member];
    const description = `Unable to parse enum ${quote(value)}. ${first.message}`;
    return refuse(400, "900126", withHint(description, hint), places);
  }
  const description = `Invalid request input: ${first.message}`;
  return refuse(400, "800002", withHint(description, hint), places);
}

const datesHint =
  "The guide's example and the .NET SDK print other dates (C34); the guide's table has yyyy-mm-dd.";

export function withHint(description: string, hint: string | undefined): string {
  return hint === undefined ? description : `${description.replace(/\.$/, "")}. ${hint}`;
}

/** Explains a customer id in a form that a source prints, or a placeholder. */
function hintForCustomerId(id: string): string | undefined {
  if (/^\{[0-9a-f-]{36}\}$/i.test(id)) {
    return `The PowerShell module adds braces; send ${id.slice(1, -1)}`;
  }
  if (/^[{<].*[}>]$/.test(id)) {
    return `${id.slice(0, 50)} is a placeholder; replace it with the customer's tenant id, a GUID`;
  }
  return undefined;
}

/** Returns the beginning of a value for a message. Objects may not convert to text (`{"toString":1}`). */
function quote(value: unknown): string {
  return typeof value === "object" ? "(an object or array)" : String(value).slice(0, 50);
}
