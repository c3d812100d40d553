import { type Outcome, refuse } from "./outcome.ts";

export interface CustomerQuery {
  /** Page size; 0 lets the service decide. */
  size: number;
  /** The JSON text of the filter. */
  filter: string | undefined;
  continuationToken: string | undefined;
}

const sizeOfTheService = 100;

/** The contract's `maxLength` of a link's address. A long percent-encoded filter exceeds it. */
const longestUri = 4096;

/** A customer in the list. Any other GUID is a customer too, but not listed. */
export interface ListedCustomer {
  id: string;
  companyName: string;
}

/** The ordinary customers that are listed from the start. */
export const firstCustomers: readonly ListedCustomer[] = [
  { id: "11111111-2222-3333-4444-555555555555", companyName: "Contoso" },
  { id: "22222222-2222-3333-4444-555555555555", companyName: "Contoso College" },
  { id: "33333333-2222-3333-4444-555555555555", companyName: "Fabrikam Ministry" },
];

/** Returns one page of the customers. */
export function listCustomers(
  listed: readonly ListedCustomer[],
  { size, filter, continuationToken }: CustomerQuery,
): Outcome {
  const accepts = filter === undefined ? () => true : parseFilter(filter);
  if (typeof accepts !== "function") return accepts;
  const start = continuationToken === undefined ? 0 : readToken(continuationToken);
  if (start === undefined) {
    return refuse(
      400,
      "800002",
      "Invalid request input: MS-ContinuationToken is not from a page's links",
    );
  }

  const found = listed.filter(accepts);
  const end = start + (size || sizeOfTheService);
  const items = found.slice(start, end).map((customer) => describe(customer));
  const self = linkTo(size, filter);
  const links = {
    ...(self.uri.length <= longestUri && { self: { ...self, headers: [] } }),
    ...(end < found.length && {
      next: {
        // A filter that matches customers is never too long without white space.
        ...(self.uri.length <= longestUri ? self : linkTo(size, compact(String(filter)))),
        headers: [{ key: "MS-ContinuationToken", value: tokenFor(end) }],
      },
    }),
  };
  const attributes = { objectType: "Collection" };
  return { status: 200, body: { totalCount: items.length, items, links, attributes } };
}

function linkTo(size: number, filter: string | undefined) {
  const query = new URLSearchParams({ size: String(size), ...(filter && { filter }) });
  return { uri: `/v1/customers?${query}`, method: "GET" };
}

/** Removes white space and meaningless members from a filter. */
function compact(filter: string): string {
  const { Field, Value, Operator } = JSON.parse(filter) as Record<string, unknown>;
  return JSON.stringify({ Field, Value, Operator });
}

/** Returns one customer, including the members that a list omits. */
export function getCustomer(listed: readonly ListedCustomer[], id: string): Outcome {
  const known = listed.find((customer) => customer.id === id);
  const customer = known ?? { id, companyName: defaultName(id) };
  return { status: 200, body: { ...describe(customer), allowDelegatedAccess: true } };
}

/** Returns the name of a customer without a known name. */
export function defaultName(id: string): string {
  return `Customer ${id.slice(0, 8)}`;
}

function describe({ id, companyName }: ListedCustomer) {
  return {
    id,
    companyProfile: {
      tenantId: id,
      domain: domainOf(companyName),
      companyName,
      attributes: { objectType: "CustomerCompanyProfile" },
    },
    relationshipToPartner: "reseller",
    attributes: { objectType: "Customer" },
  };
}

/** Microsoft allows 27 letters and digits before onmicrosoft.com. */
function domainOf(companyName: string): string {
  const letters = companyName.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return `${letters.slice(0, 27)}.onmicrosoft.com`;
}

/** Returns a filter's predicate, or its refusal (A17). */
function parseFilter(text: string): ((customer: { companyName: string }) => boolean) | Outcome {
  let filter: Record<string, unknown> = {};
  try {
    filter = { ...(JSON.parse(text) as object) };
  } catch {
    // Falls through: all members are missing.
  }
  const wrong = ["Field", "Value", "Operator"].filter((name) => typeof filter[name] !== "string");
  if (filter.Operator !== "starts_with" && !wrong.includes("Operator")) wrong.push("Operator");
  if (filter.Field !== "CompanyName" && !wrong.includes("Field")) wrong.push("Field");
  if (wrong.length > 0) {
    const hint = hintForFilter(filter);
    return refuse(
      400,
      "2000",
      `Customer search needs Field CompanyName, Value and Operator starts_with.${hint}`,
      wrong,
    );
  }
  const start = String(filter.Value).toLowerCase();
  return ({ companyName }) => companyName.toLowerCase().startsWith(start);
}

function tokenFor(start: number): string {
  return btoa(`customers-${start}`);
}

function readToken(token: string): number | undefined {
  const [, start] = /^customers-(\d{1,9})$/.exec(Buffer.from(token, "base64").toString()) ?? [];
  return start === undefined ? undefined : Number(start);
}

/** Names the source of a printed field or operator that the search rejects. */
function hintForFilter({ Field, Operator }: Record<string, unknown>): string {
  const hints = [
    (Field === "DisplayName" || Field === "DefaultDomainName") &&
      " The official Swagger names the fields DisplayName and DefaultDomainName, the guide CompanyName.",
    Operator === "equals" &&
      " Only a unit test of the .NET SDK mentions equals; the guide has starts_with only.",
  ];
  return hints.filter((hint) => hint !== false).join("");
}
