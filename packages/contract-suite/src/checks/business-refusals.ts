import { isObject, type Json } from "@partner-qualifications/spec/model";
import type { Draft } from "../exchange/exchange.ts";

/** A refusal of a valid request for a reason that schemas cannot express. */
interface BusinessRefusal {
  operationId: string;
  status: number;
  /** The assumption or fact behind it. */
  because: string;
  applies(draft: Draft): boolean;
}

const refusals: BusinessRefusal[] = [
  {
    operationId: "requestQualification",
    status: 400,
    because:
      "the validation code is missing, unknown, exhausted or differs between query and body (A5, A9)",
    applies: ({ body }) => member(body, "qualification") === "GovernmentCommunityCloud",
  },
  {
    operationId: "setQualification",
    status: 400,
    because: "the validation code is missing, unknown or exhausted (A9)",
    applies: ({ body }) => /^(3|"governmentcommunitycloud")$/i.test(body ?? ""),
  },
  {
    operationId: "listCustomers",
    status: 400,
    because: "the filter is not CompanyName with starts_with (A17)",
    applies: ({ query }) => query.some(([name]) => name === "filter"),
  },
  {
    operationId: "listCustomers",
    status: 400,
    because: "the continuation token is not from a page (A17)",
    applies: ({ headers }) => "MS-ContinuationToken" in headers,
  },
  {
    operationId: "listAuditRecords",
    status: 400,
    because:
      "a date is more than 90 days ago or the range is empty (A35), the filter is not one of the guide's (A37), or the continuation token is not from a page",
    applies: ({ query, headers }) =>
      "MS-ContinuationToken" in headers ||
      query.some(([name]) => ["startDate", "endDate", "filter"].includes(name)),
  },
];

/** Returns why a request may be refused with a status although it conforms to the contract. */
export function businessRefusal(
  operationId: string,
  status: number,
  draft: Draft,
): string | undefined {
  return refusals.find(
    (refusal) =>
      refusal.operationId === operationId && refusal.status === status && refusal.applies(draft),
  )?.because;
}

function member(body: string | undefined, name: string): Json | undefined {
  const value = JSON.parse(body ?? "null") as Json;
  return isObject(value) ? value[name] : undefined;
}
