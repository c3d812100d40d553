import type { UnwrapOptions } from "../answers/unwrap.ts";
import type { Schema } from "../generated/schemas.ts";
import { onDemand } from "../on-demand.ts";
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
  const load = onDemand(async () =>
    (await import("./read-customers.ts")).readCustomers(send, options),
  );
  return {
    // Copies of the options: the caller may change its own while the part is loaded.
    async *list({ ...search } = {}) {
      yield* (await load()).list(search);
    },
    get: async (customerId, { ...call } = {}) => (await load()).get(customerId, call),
    validationStatus: async (customerId, { ...call } = {}) =>
      (await load()).validationStatus(customerId, call),
  };
}
