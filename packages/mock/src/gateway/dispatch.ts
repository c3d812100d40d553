import { getCustomer, listCustomers } from "../simulator/customers.ts";
import type { Outcome } from "../simulator/outcome.ts";
import type { QualificationRequest } from "../simulator/simulator.ts";
import type { RoutedRequest } from "./routed-request.ts";

/**
 * Lets the simulator decide a checked request, or repeats the earlier outcome of the same write.
 *
 * @returns The outcome, and whether a write was just carried out.
 */
export function dispatch(request: RoutedRequest): { outcome: Outcome; wasWritten: boolean } {
  const { world, now, operation, customerId, isWrite, message, body } = request;
  const { method, url, headers } = message;
  const requestId = headers["ms-requestid"];
  const keyed =
    isWrite && requestId !== undefined && customerId !== undefined
      ? { customerId, requestId, method, path: operation.path, query: url.search, body: body.text }
      : undefined;
  const before = keyed && world.remembered.recall(keyed, now);
  if (before) return { outcome: before, wasWritten: false };
  const outcome = decide(request);
  if (keyed) world.remembered.remember(keyed, outcome, now);
  return { outcome, wasWritten: isWrite && outcome.status < 300 };
}

/** Maps operations to calls of the simulator. */
function decide({ world, operationId, customerId = "", isWrite, message, body }: RoutedRequest) {
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
    default:
      throw new Error(`The simulator does not implement the operation ${operationId}`);
  }
}
