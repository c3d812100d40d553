import { hintForCustomerId } from "./hints/customer-id.ts";
import { quote } from "./hints/quote.ts";
import type { PrismRequest } from "../prism/prism.ts";
import { type Refusal, refusal } from "../simulator/outcome.ts";
import type { Violation } from "../prism/violations.ts";

/**
 * Says in Partner Center's words what Prism found wrong with a request (A11).
 *
 * @param request The request, to name the value that is wrong.
 * @param hintForBody What the body was probably meant to be.
 */
export function refuseViolations(
  violations: [Violation, ...Violation[]],
  { path, body }: PrismRequest,
  hintForBody: () => string | undefined,
): Refusal {
  const [first] = violations;
  // A missing body has no path.
  const places = [...new Set(violations.map(({ path: place }) => place.join(".") || "body"))];
  const [part, ...members] = first.path;
  if (part === "path") {
    const description = withHint("Invalid Customer Id", hintForCustomerId(path.customer_id ?? ""));
    return refusal(400, "900118", description, places);
  }
  const hint = hintForBody();
  if (part === "body" && first.keyword === "enum") {
    let value = body;
    for (const member of members) value = (value as Record<string, unknown> | undefined)?.[member];
    const description = `Unable to parse enum ${quote(value)}. ${first.message}`;
    return refusal(400, "900126", withHint(description, hint), places);
  }
  const description = `Invalid request input: ${first.message}`;
  return refusal(400, "800002", withHint(description, hint), places);
}

export function withHint(description: string, hint: string | undefined): string {
  return hint === undefined ? description : `${description.replace(/\.$/, "")}. ${hint}`;
}
