import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";
import { checkGuid, checkPositive } from "../check.ts";
import { UnexpectedResponseError } from "../errors/errors.ts";
import type { Schema } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Send } from "../pipeline/send.ts";

/** A customer, reduced to what helps to find its id. */
export interface Customer extends Schema<"PartnerCenterCustomer"> {}
/** The state of the review of a customer's account, which is not the vetting of a qualification. */
export interface ValidationStatus extends Schema<"ValidationStatus"> {}

export interface CustomerSearch extends CallOptions {
  /** The most customers on a page. It does not limit the result. */
  size?: number | undefined;
  /** The beginning of the company name, in any case. */
  companyName?: string | undefined;
}

/** The partner's customers. */
export interface Customers {
  /**
   * Lists all customers, or those whose company name begins with a text. It fetches each page when it is
   * needed.
   *
   * @throws {PartnerCenterError}
   * @example
   * for await (const { id, companyProfile } of client.customers.list({ companyName: "cont" })) {
   *   console.log(id, companyProfile.companyName);
   * }
   */
  list(search?: CustomerSearch): AsyncGenerator<Customer>;
  /**
   * Returns one customer.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {PartnerCenterError}
   */
  get(customerId: string, call?: CallOptions): Promise<Customer>;
  /**
   * Returns the state of the compliance review of a customer's account.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {PartnerCenterError}
   */
  validationStatus(customerId: string, call?: CallOptions): Promise<ValidationStatus>;
}

export function createCustomers(send: Send, options: UnwrapOptions): Customers {
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
