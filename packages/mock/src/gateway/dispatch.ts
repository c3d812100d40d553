import type { AuditEntry } from "../simulator/audit-log.ts";
import { defaultName, getCustomer, listCustomers } from "../simulator/customers.ts";
import type { Outcome } from "../simulator/outcome.ts";
import type { QualificationRequest } from "../simulator/simulator.ts";
import type { CustomerQualification } from "../simulator/vetting.ts";
import type { RoutedRequest } from "./routed-request.ts";
import { callerOf } from "./token.ts";

/** What became of a request. */
interface Dispatched {
  outcome: Outcome;
  /** Whether a write was carried out just now. */
  wasWritten: boolean;
  /** The audit record of a write that was decided just now. */
  audited?: AuditEntry;
}

/**
 * Lets the simulator decide a checked request, or repeats the earlier outcome of the same write.
 *
 * @param correlationId The `MS-CorrelationId` of the reply.
 */
export function dispatch(request: RoutedRequest, correlationId: string): Dispatched {
  const { world, now, operation, customerId, isWrite, message, body } = request;
  const { method, url, headers } = message;
  const requestId = headers["ms-requestid"];
  const keyed =
    isWrite && requestId !== undefined && customerId !== undefined
      ? { customerId, requestId, method, path: operation.path, query: url.search, body: body.text }
      : undefined;
  const before = keyed && world.remembered.recall(keyed, now);
  if (before) return { outcome: before, wasWritten: false };
  if (!isWrite || customerId === undefined) return { outcome: decide(request), wasWritten: false };
  const held = qualificationsOf(request);
  const outcome = decide(request);
  if (keyed) world.remembered.remember(keyed, outcome, now);
  const wasWritten = outcome.status < 300;
  // A32
  const audited = world.auditLog.record({
    at: now,
    customerId,
    customerName: nameOf(request),
    correlationId,
    ...callerOf(headers),
    succeeded: wasWritten,
    ...changeOf(held, wasWritten ? qualificationsOf(request) : []),
  });
  return { outcome, wasWritten, audited };
}

function qualificationsOf({ world, customerId = "" }: RoutedRequest): CustomerQualification[] {
  return world.simulator.listQualifications(customerId).body;
}

function nameOf({ world, customerId = "" }: RoutedRequest): string {
  return (
    world.customers.find(({ id }) => id === customerId)?.companyName ?? defaultName(customerId)
  );
}

/** Returns the qualification that a write changed, and how it was before. */
function changeOf(before: CustomerQualification[], after: CustomerQualification[]) {
  const known = new Set(before.map((item) => JSON.stringify(item)));
  const changed = after.find((item) => !known.has(JSON.stringify(item)));
  const same = ({ qualification }: CustomerQualification) =>
    qualification === changed?.qualification;
  return { before: before.find(same), after: changed };
}

/** Maps operations to calls of the simulator. */
function decide(request: RoutedRequest): Outcome {
  const { world, now, operationId, customerId = "", isWrite, message, body } = request;
  const { simulator, customers } = world;
  const refused = simulator.refuseCustomer(customerId, isWrite);
  if (refused) return refused;

  const query = (name: string) => message.url.searchParams.get(name) ?? undefined;
  switch (operationId) {
    case "listQualifications":
      return simulator.listQualifications(customerId);
    case "requestQualification": {
      const wanted = body.value as QualificationRequest;
      return simulator.requestQualification(customerId, wanted, query("code"));
    }
    case "getQualification":
      return simulator.getLegacyQualification(customerId);
    case "setQualification": {
      const wanted = body.value as string | number;
      return simulator.setLegacyQualification(customerId, wanted, query("code"));
    }
    case "listValidationCodes":
      return simulator.listValidationCodes();
    case "getValidationStatus":
      return simulator.getValidationStatus(customerId);
    case "listCustomers":
      return listCustomers(customers, {
        size: Number(query("size") ?? 0),
        filter: query("filter"),
        continuationToken: message.headers["ms-continuationtoken"],
      });
    case "getCustomer":
      return getCustomer(customers, customerId);
    case "listAuditRecords":
      return world.auditLog.list(
        {
          startDate: query("startDate"),
          endDate: query("endDate"),
          filter: query("filter"),
          size: query("size") === undefined ? undefined : Number(query("size")),
          continuationToken: message.headers["ms-continuationtoken"],
        },
        now,
      );
    default:
      throw new Error(`The simulator does not implement the operation ${operationId}`);
  }
}
