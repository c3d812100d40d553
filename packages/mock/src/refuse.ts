import { fault, type Fault } from "./fault.ts";
import type { Violation } from "./prism.ts";

/**
 * Says in Partner Center's words what Prism found wrong with a request (A11).
 *
 * @param body The request's body, to name the value that is wrong.
 */
export function refuse(violations: [Violation, ...Violation[]], body: unknown): Fault {
  const [first] = violations;
  // A missing body has no path.
  const places = [...new Set(violations.map(({ path }) => path.join(".") || "body"))];
  const [part, ...members] = first.path;
  if (part === "path") return fault(400, "900118", "Invalid Customer Id", places);
  if (part === "body" && first.keyword === "enum") {
    let value = body;
    for (const member of members) value = (value as Record<string, unknown> | undefined)?.[member];
    const shown = String(value).slice(0, 50);
    return fault(400, "900126", `Unable to parse enum ${shown}. ${first.message}`, places);
  }
  return fault(400, "800002", `Invalid request input: ${first.message}`, places);
}
