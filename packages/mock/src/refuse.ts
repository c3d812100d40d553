import { fault, type Fault } from "./fault.ts";
import type { Violation } from "./prism.ts";

/** Says in Partner Center's words what Prism found wrong with a request (A11). */
export function refuse(violations: [Violation, ...Violation[]]): Fault {
  const [first] = violations;
  // A missing body has no path.
  const places = [...new Set(violations.map(({ path }) => path.join(".") || "body"))];
  const [part, member] = first.path;
  if (first.keyword === "415") {
    return fault(415, "800002", `Invalid request input: ${first.message}`);
  }
  if (part === "path") return fault(400, "900118", "Invalid Customer Id", places);
  if (part === "body" && first.keyword === "enum") {
    return fault(400, "900126", `Unable to parse enum ${member}: ${first.message}`, places);
  }
  return fault(400, "800002", `Invalid request input: ${first.message}`, places);
}
