import { type Answer, outcome } from "./answer.ts";
import { getCustomer, listCustomers } from "./customers.ts";
import type { QualificationRequest, Simulator } from "./simulator.ts";

export interface Place {
  url: URL;
  /** The parts of the path, decoded. */
  segments: string[];
}

/** Has the simulator play an operation of the contract, once the request is known to keep it. */
export function play(
  simulator: Simulator,
  operationId: string | undefined,
  at: Place,
  headers: Headers,
  body: unknown,
): Answer {
  const customerId = (at.segments[3] ?? "").toLowerCase();
  // Prism takes an empty parameter for an absent one.
  const query = (name: string) => at.url.searchParams.get(name) || undefined;
  switch (operationId) {
    case "listQualifications":
      return outcome(200, simulator.listQualifications(customerId));
    case "requestQualification": {
      const wanted = body as QualificationRequest;
      return outcome(201, simulator.requestQualification(customerId, wanted, query("code")));
    }
    case "getQualification":
      return outcome(200, simulator.getLegacyQualification(customerId));
    case "setQualification": {
      const wanted = body as string | number;
      return outcome(200, simulator.setLegacyQualification(customerId, wanted, query("code")));
    }
    case "listValidationCodes":
      return outcome(200, simulator.listValidationCodes());
    case "getValidationStatus":
      return outcome(200, simulator.getValidationStatus(customerId));
    case "listCustomers":
      return outcome(
        200,
        listCustomers({
          size: Number(query("size") ?? 0),
          filter: query("filter"),
          continuationToken: headers.get("MS-ContinuationToken") ?? undefined,
        }),
      );
    case "getCustomer":
      return outcome(200, getCustomer(customerId));
    default:
      throw new Error(`The simulator does not play the operation ${operationId}`);
  }
}
