import type { Subject } from "../faults/fault.ts";
import type { Message } from "../http/request.ts";
import type { Prism } from "../prism/prism.ts";
import type { AuditEntry } from "../simulator/audit-log.ts";
import { type Outcome, refuse, refuseAtGateway } from "../simulator/outcome.ts";
import type { World } from "../world/world.ts";
import { check } from "./check.ts";
import { dispatch } from "./dispatch.ts";
import { documentedRefusals } from "./documented-outcomes.ts";
import { hintForPath } from "./hints/path.ts";
import { routedRequest } from "./routed-request.ts";

/** An outcome and its subject. */
interface Responded extends Subject {
  outcome: Outcome;
  /** The audit record of a write. */
  audited?: AuditEntry;
}

/**
 * Handles a request: finds its operation, checks it, dispatches it to the simulator, and validates the outcome.
 *
 * @param common The headers of every reply.
 */
export function respond(
  prism: Prism,
  world: World,
  message: Message,
  common: Record<string, string>,
): Responded {
  const { method, url, malformed } = message;
  if (malformed !== undefined) {
    return { outcome: refuse(400, "800002", `Invalid request input: ${malformed}`) };
  }
  const segments = decodePath(url.pathname);
  const part = segments ? "query" : "path";
  if (!segments || !decodePath(url.search)) {
    const description = `Invalid request input: the ${part} is not valid percent-encoded UTF-8`;
    return { outcome: refuse(400, "800002", description) };
  }
  const route = prism.route(method, url.pathname);
  if (!route) {
    const hint = hintForPath(prism.contract.operations, url.pathname);
    const text = hint === undefined ? "Resource not found" : `Resource not found. ${hint}`;
    return { outcome: refuseAtGateway(404, text) };
  }
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return { outcome: refuseAtGateway(405, "Method not allowed", { allow }) };
  }

  const { operation } = route;
  const request = routedRequest(prism, world, operation, segments, message);
  const { operationId, customerId } = request;
  const refused = check(request);
  const decided = refused
    ? { outcome: refused }
    : dispatch(request, common["ms-correlationid"] ?? "");
  const responded = { operationId, customerId, ...decided };
  const { outcome } = responded;

  const violationsOf = (one: Outcome) =>
    prism.checkResponse(operation, { ...one, headers: { ...common, ...one.headers } });
  const violations = violationsOf(outcome);
  if (violations.length === 0) return responded;
  for (const other of documentedRefusals(operation, outcome)) {
    if (violationsOf(other).length === 0) return { ...responded, outcome: other };
  }
  // A defect of the mock itself is reported, not hidden.
  const places = violations.map(({ path, message: what }) => `${path.join(".")}: ${what}`);
  const description = `The mock's own ${outcome.status} reply to ${operationId} violates the contract`;
  return { outcome: refuse(500, "800003", description, places) };
}

function decodePath(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
