import { checkGuid, checkPositive } from "../check.ts";
import { UnexpectedResponseError } from "../errors/errors.ts";
import type { components } from "../generated/schemas.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Send } from "../pipeline/send.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";

type Schemas = components["schemas"];

/** A customer, as far as it is needed to find its id. */
export type Customer = Schemas["PartnerCenterCustomer"];
/** How far the review of a customer's account is; not the vetting of a qualification. */
export type ValidationStatus = Schemas["ValidationStatus"];

export interface CustomerSearch extends CallOptions {
  /** How many customers a page has at most; how many there are in all does not depend on it. */
  size?: number | undefined;
  /** Only customers whose company name begins so, whatever the case. */
  companyName?: string | undefined;
}

/** The partner's customers. */
export class Customers {
  readonly #send: Send;
  readonly #options: UnwrapOptions;

  constructor(send: Send, options: UnwrapOptions) {
    this.#send = send;
    this.#options = options;
  }

  /**
   * All customers, or those whose name begins in a certain way; the next page is fetched when it is
   * needed.
   *
   * @throws {PartnerCenterError}
   * @example
   * for await (const { id, companyProfile } of client.customers.list({ companyName: "cont" })) {
   *   console.log(id, companyProfile.companyName);
   * }
   */
  async *list({ size, companyName, ...call }: CustomerSearch = {}): AsyncGenerator<Customer> {
    const filter =
      companyName === undefined
        ? {}
        : {
            filter: JSON.stringify({
              Field: "CompanyName",
              Value: companyName,
              Operator: "starts_with",
            }),
          };
    const query = { ...(size !== undefined && { size }), ...filter };
    checkPositive("size", size);
    const seen = new Set<string>();
    for (let token: string | undefined; ;) {
      const header = token === undefined ? {} : { "MS-ContinuationToken": token };
      const answer = this.#send("listCustomers", { query, header }, call);
      const page = await unwrap(answer, this.#options, readPage);
      yield* page.items;
      token = continuationToken(page);
      if (token === undefined) return;
      if (seen.has(token)) {
        throw new UnexpectedResponseError("The service gave the same page twice");
      }
      seen.add(token);
    }
  }

  /**
   * One customer.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {PartnerCenterError}
   */
  async get(customerId: string, call: CallOptions = {}): Promise<Customer> {
    checkGuid("customerId", customerId);
    const answer = this.#send("getCustomer", { path: { customer_id: customerId } }, call);
    return unwrap(answer, this.#options, (body) => readObject<Customer>(body, "id"));
  }

  /**
   * How far the compliance review of a customer's account is.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {PartnerCenterError}
   */
  async validationStatus(customerId: string, call: CallOptions = {}): Promise<ValidationStatus> {
    checkGuid("customerId", customerId);
    const parts = { path: { customer_id: customerId }, query: { type: "account" } } as const;
    const answer = this.#send("getValidationStatus", parts, call);
    return unwrap(answer, this.#options, (body) => readObject<ValidationStatus>(body, "status"));
  }
}

function continuationToken(page: Schemas["PartnerCenterCustomers"]): string | undefined {
  const headers: unknown = page.links?.next?.headers;
  const found = (Array.isArray(headers) ? headers : []).find(
    (header) => String(header?.key).toLowerCase() === "ms-continuationtoken",
  ) as { value?: unknown } | undefined;
  return typeof found?.value === "string" ? found.value : undefined;
}

function readPage(body: unknown): Schemas["PartnerCenterCustomers"] | undefined {
  const page = readObject<Schemas["PartnerCenterCustomers"]>(body, "items");
  return Array.isArray(page?.items) ? page : undefined;
}

function readObject<T>(body: unknown, member: string): T | undefined {
  return typeof body === "object" && body !== null && member in body ? (body as T) : undefined;
}
