import { type Answer, outcome } from "../simulator/answer.ts";
import { getCustomer, listCustomers } from "../simulator/customers.ts";
import type { QualificationRequest } from "../simulator/simulator.ts";
import type { World } from "../world/world.ts";

/** A request of the contract, known to keep it. */
export interface Played {
  operationId: string;
  isWrite: boolean;
  /** In lower case; an operation may be about no customer. */
  customerId: string | undefined;
  query: URLSearchParams;
  continuationToken: string | undefined;
  body: unknown;
}

/** Has the simulator play an operation of the contract. */
export function play({ simulator, customers }: World, request: Played): Answer {
  const { operationId, customerId = "", body } = request;
  const refused = simulator.refusalOf(customerId, request.isWrite);
  if (refused) return refused;

  const query = (name: string) => request.query.get(name) ?? undefined;
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
        listCustomers(customers, {
          size: Number(query("size") ?? 0),
          filter: query("filter"),
          continuationToken: request.continuationToken,
        }),
      );
    case "getCustomer":
      return outcome(200, getCustomer(customers, customerId));
    default:
      throw new Error(`The simulator does not play the operation ${operationId}`);
  }
}
