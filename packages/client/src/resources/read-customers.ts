import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import { checkGuid, checkPositive } from "../check.ts";
import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Schema } from "../generated/schemas.ts";
import type { Send } from "../pipeline/send.ts";
import type { Customer, Customers, ValidationStatus } from "./customers.ts";

/** The part of the customers that is loaded on demand. */
export function readCustomers(send: Send, options: UnwrapOptions): Customers {
  return {
    async *list({ size, companyName, ...call } = {}) {
      const search = { Field: "CompanyName", Value: companyName, Operator: "starts_with" };
      const query = {
        ...(size !== undefined && { size }),
        ...(companyName !== undefined && { filter: JSON.stringify(search) }),
      };
      checkPositive("size", size);
      const seen = new Set<string>();
      for (let token: string | undefined; ;) {
        const header = token === undefined ? {} : { "MS-ContinuationToken": token };
        const page = await unwrap(
          send("listCustomers", { query, header }, call),
          options,
          readPage,
        );
        yield* page.items;
        token = continuationToken(page);
        if (token === undefined) return;
        if (seen.has(token)) {
          throw new UnexpectedResponseError("The service returned the same page twice");
        }
        seen.add(token);
      }
    },
    async get(customerId, call = {}) {
      checkGuid("customerId", customerId);
      const sent = send("getCustomer", { path: { customer_id: customerId } }, call);
      return unwrap(sent, options, (body) => readObject<Customer>(body, "id"));
    },
    async validationStatus(customerId, call = {}) {
      checkGuid("customerId", customerId);
      const parts = { path: { customer_id: customerId }, query: { type: "account" } } as const;
      const sent = send("getValidationStatus", parts, call);
      return unwrap(sent, options, (body) => readObject<ValidationStatus>(body, "status"));
    },
  };
}

function continuationToken(page: Schema<"PartnerCenterCustomers">): string | undefined {
  const headers: unknown = page.links?.next?.headers;
  const found = (Array.isArray(headers) ? headers : []).find(
    (header) => String(header?.key).toLowerCase() === "ms-continuationtoken",
  ) as { value?: unknown } | undefined;
  return typeof found?.value === "string" ? found.value : undefined;
}

function readPage(body: unknown): Schema<"PartnerCenterCustomers"> | undefined {
  const page = readObject<Schema<"PartnerCenterCustomers">>(body, "items");
  return Array.isArray(page?.items) ? page : undefined;
}

function readObject<T>(body: unknown, member: string): T | undefined {
  return typeof body === "object" && body !== null && member in body ? (body as T) : undefined;
}
