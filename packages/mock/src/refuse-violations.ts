import { type Refusal, refusal } from "./simulator/refusal.ts";
import type { Violation } from "./violation.ts";

/**
 * Says in Partner Center's words what Prism found wrong with a request (A11).
 *
 * @param body The request's body, to name the value that is wrong.
 */
export function refuseViolations(violations: [Violation, ...Violation[]], body: unknown): Refusal {
  const [first] = violations;
  // A missing body has no path.
  const places = [...new Set(violations.map(({ path }) => path.join(".") || "body"))];
  const [part, ...members] = first.path;
  if (part === "path") return refusal(400, "900118", "Invalid Customer Id", places);
  if (part === "body" && first.keyword === "enum") {
    let value = body;
    for (const member of members) value = (value as Record<string, unknown> | undefined)?.[member];
    const shown = String(value).slice(0, 50);
    return refusal(400, "900126", `Unable to parse enum ${shown}. ${first.message}`, places);
  }
  return refusal(400, "800002", `Invalid request input: ${first.message}`, places);
}
